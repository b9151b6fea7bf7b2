import type { Scheduler } from '../scheduler.ts'

/** An answer as it goes over the wire. */
export interface Wire {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** When the Worker made it. */
  readonly made: number
}

interface Kept {
  readonly wire: Wire
  readonly until: number
  readonly revalidateUntil: number
  readonly errorUntil: number
}

type Ask = () => Promise<Wire | undefined>

/**
 * Cloudflare's cache in front of the Worker: by path and query, whatever else is in the request. It keeps
 * what it is allowed to, shows it while it asks anew, and asks once for all who wait.
 */
export class EdgeCache {
  readonly #scheduler: Scheduler
  readonly #kept = new Map<string, Kept>()
  readonly #asking = new Map<string, Promise<Wire | undefined>>()

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler
  }

  async fetch(target: string, ask: Ask): Promise<Wire | undefined> {
    const { now } = this.#scheduler
    const kept = this.#kept.get(target)
    if (kept && now < kept.until) return kept.wire
    if (kept && now < kept.revalidateUntil) {
      void this.#ask(target, ask)
      return kept.wire
    }
    const wire = await this.#ask(target, ask)
    const failed = !wire || wire.status >= 500
    return failed && kept && now < kept.errorUntil ? kept.wire : wire
  }

  #ask(target: string, ask: Ask): Promise<Wire | undefined> {
    const asking = this.#asking.get(target)
    if (asking) return asking
    const began = this.#work(target, ask).finally(() => this.#asking.delete(target))
    this.#asking.set(target, began)
    return began
  }

  async #work(target: string, ask: Ask): Promise<Wire | undefined> {
    const wire = await ask()
    if (!wire || wire.status >= 500) return wire
    const policy = wire.headers.get('cache-control') ?? ''
    const maxAge = seconds(policy, 'max-age')
    if (policy === 'no-store' || maxAge === 0) return wire
    const until = this.#scheduler.now + maxAge
    this.#kept.set(target, {
      wire,
      until,
      revalidateUntil: until + seconds(policy, 'stale-while-revalidate'),
      errorUntil: until + seconds(policy, 'stale-if-error'),
    })
    return wire
  }
}

function seconds(policy: string, name: string): number {
  return Number(new RegExp(`${name}=(\\d+)`).exec(policy)?.[1] ?? 0) * 1000
}
