import shipped from './shipped.js'
export * from './shipped.js'

interface Env {
  /** How much later than the machine says it is, in milliseconds: a minute later, a sync is due. */
  readonly LATER: string
}

let isLater = false

/** A Worker whose cron is knocked by a request. */
export default {
  async fetch(request, env, context) {
    if (!isLater) shift(Number(env.LATER))
    if (!request.url.endsWith('/tick')) return shipped.fetch(request, env, context)
    await shipped.scheduled({}, env, context)
    return new Response()
  },
} satisfies ExportedHandler<Env>

function shift(ms: number): void {
  isLater = true
  const { now } = Date
  Date.now = () => now() + ms
}
