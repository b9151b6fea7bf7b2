// One cell: the production bundle, untouched, behind the little that a test must be able to do inside its
// isolate. The clock is what the last request or tick said: waiting for KV makes nothing older.
import service from './index.js'

const SystemDate = Date
let now = 0
let pending = 0
const lines = []

globalThis.Date = class extends SystemDate {
  constructor(...parts) {
    super(...(parts.length > 0 ? parts : [now]))
  }
  static now() {
    return now
  }
}
for (const method of ['log', 'warn', 'error'])
  console[method] = (line) => void lines.push(String(line))

function watched(context) {
  return {
    waitUntil(promise) {
      pending += 1
      context.waitUntil(promise.finally(() => (pending -= 1)))
    },
  }
}

export default {
  async fetch(request, env, context) {
    if (request.url.endsWith('/-/report')) return Response.json({ pending, lines })
    now = Number(request.headers.get('x-now'))
    return service.fetch(request, env, watched(context))
  },
  async scheduled(event, env, context) {
    now = event.scheduledTime
    await service.scheduled(event, env, watched(context))
  },
}
