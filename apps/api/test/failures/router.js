// The way into a place: a request, or a tick of the cron, for the one that a header names.
export default {
  async fetch(request, places) {
    const place = places[request.headers.get('x-place')]
    if (!request.headers.has('x-tick')) return place.fetch(request)
    const scheduledTime = new Date(Number(request.headers.get('x-now')))
    const { outcome } = await place.scheduled({ scheduledTime, cron: '* * * * *' })
    return new Response(outcome)
  },
}
