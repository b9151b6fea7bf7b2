// The way into the cells of one process: a request, or a tick of the cron, for the cell that a header names.
export default {
  async fetch(request, cells) {
    const cell = cells[request.headers.get('x-cell')]
    const tick = request.headers.get('x-tick')
    if (tick === null) return cell.fetch(request)
    const { outcome } = await cell.scheduled({
      scheduledTime: new Date(Number(tick)),
      cron: '*/5 * * * *',
    })
    return new Response(outcome)
  },
}
