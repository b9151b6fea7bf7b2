import type { Outcome } from '../life.ts'
import { Random } from '../random.ts'
import type { Scheduler } from '../scheduler.ts'
import { LATEST_PUT_MS } from '../weather/heals.ts'
import type { Weather } from '../weather/weather.ts'
import type { KvCentre } from './centre.ts'

interface Parts {
  readonly seed: string
  readonly place: number
  readonly scheduler: Scheduler
  readonly weather: Weather
  readonly centre: KvCentre
}

interface Cached {
  readonly value: string | null
  readonly until: number
}

/** What KV caches a value for where nobody says how long. */
const CACHED_SECONDS = 60

/** How much slower a write spreads when it spreads slowly. */
const SLOW_SPREAD = 10

/** KV as a place sees it: with a cache of its own, and with the faults that are there. */
export class PlaceKv {
  readonly #parts: Parts
  readonly #random: Random
  readonly #cache = new Map<string, Cached>()

  constructor(parts: Parts) {
    this.#parts = parts
    this.#random = new Random(parts.seed, 'kv', parts.place)
  }

  get(key: string, cacheSeconds = CACHED_SECONDS): Outcome<string | null> {
    const { centre, place, scheduler, weather } = this.#parts
    centre.reads += 1
    const random = this.#random
    const fault = this.#fault()
    if (fault !== undefined) return fault
    const slow = this.#slowness()
    const cached = this.#cache.get(key)
    if (cached && cached.until > scheduler.now) {
      return { ms: random.between(1, 6) + slow, value: cached.value }
    }
    const ms = (random.chance(0.05) ? random.between(150, 400) : random.between(15, 120)) + slow
    if (weather.now('kv lies', place) && random.chance(0.3)) return { ms, value: null }
    const spread = weather.now('kv spread', place) ? SLOW_SPREAD : 1
    const value = centre.seen(key, place, random.whole(0, 1), spread)
    this.#cache.set(key, { value, until: scheduler.now + cacheSeconds * 1000 })
    return { ms, value }
  }

  put(key: string, value: string): Outcome<void> {
    const { centre, scheduler, weather } = this.#parts
    const random = this.#random
    centre.puts += 1
    const ms = random.between(80, 900)
    const fault = this.#fault()
    if (fault !== undefined) return fault
    if (weather.now('kv put fails')) return { ms, error: new Error('KV PUT failed: 500') }
    if (weather.now('kv quota')) return { ms, error: new Error('KV put() limit exceeded') }
    if (centre.isTooSoon(key)) return { ms, error: new Error('KV PUT failed: 429') }
    const land = (): void => centre.land(key, value)
    if (weather.now('kv put unknown') && random.chance(0.6)) {
      if (random.chance(0.7)) scheduler.after(random.between(0, LATEST_PUT_MS), land)
      return random.chance(0.5) ? 'never' : { ms, error: new Error('KV PUT failed: 504') }
    }
    const slow = this.#slowness()
    scheduler.after(ms / 2 + slow / 2, land)
    return { ms: ms + slow, value: undefined }
  }

  list(prefix: string, limit: number): Outcome<{ readonly keys: readonly { name: string }[] }> {
    const { centre, weather } = this.#parts
    const ms = this.#random.between(50, 400)
    const fault = this.#fault()
    if (fault !== undefined) return fault
    if (weather.now('kv list')) return { ms, error: new Error('KV LIST failed: 500') }
    const keys = centre.keys(prefix).slice(0, limit)
    return { ms: ms + this.#slowness(), value: { keys: keys.map((name) => ({ name })) } }
  }

  #fault(): Outcome<never> | undefined {
    const { place, weather } = this.#parts
    if (weather.now('kv hangs', place)) return 'never'
    if (!weather.now('kv down', place)) return undefined
    return { ms: this.#random.between(5, 200), error: new Error('KV failed: 500') }
  }

  #slowness(): number {
    const { place, weather } = this.#parts
    const crawls = weather.now('kv crawls', place)
    if (crawls) return this.#random.next() * crawls.strength * 12_000
    const slow = weather.now('kv slow', place)
    return slow ? this.#random.next() * slow.strength * 4_000 : 0
  }
}
