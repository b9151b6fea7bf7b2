// One place: the bundle, untouched, behind a clock that a test sets, and a count of what goes on.
import service from './index.js'
export * from './index.js'

const SystemDate = Date
let now = 0
let pending = 0

globalThis.Date = class extends SystemDate {
  constructor(...parts) {
    super(...(parts.length > 0 ? parts : [now]))
  }
  static now() {
    return now
  }
}

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
    now = Number(request.headers.get('x-now'))
    if (request.url.endsWith('/-/pending')) return new Response(String(pending))
    return service.fetch(request, env, watched(context))
  },
  async scheduled(event, env, context) {
    now = event.scheduledTime
    await service.scheduled(event, env, watched(context))
  },
}
