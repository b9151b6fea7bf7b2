import type { Isolate } from '../places/isolate.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'

const MINUTE = 60_000

interface Health {
  readonly status: string
  readonly synced_at: string | null
  readonly age_seconds: number | null
}

/** What is told as stale is older than a quarter of an hour, and nothing else is. */
export class Standing implements Invariant {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    if (sight.kind !== 'answer' || !sight.wire) return
    const { isolate, target, wire } = sight
    if (target === '/health') this.#checkHealth(sight.isolate, wire.text)
    const standing = /detail=(\w+)/.exec(wire.headers.get('cache-status') ?? '')?.[1]
    const synced = Date.parse(wire.headers.get('x-synced-at') ?? '')
    const { scheduler, weather } = this.#world
    const age = (scheduler.now - synced) / MINUTE
    if (!Number.isFinite(age)) return
    const isRight = standing === 'stale' ? age > 14.5 : standing === 'fresh' && age < 15.5
    if (isRight) return
    if (!weather.wasCalm(['keeper clock'], 30 * MINUTE)) return
    if (!weather.wasCalm(['place clock'], MINUTE, isolate.place.index)) return
    const words = `${isolate.name}, ${target}: ${standing} at ${age.toFixed(1)} min`
    this.#world.violate('stale is what is old', words)
  }

  #checkHealth({ name, place }: Isolate, text: string): void {
    const { age_seconds, status, synced_at } = JSON.parse(text) as Health
    if (synced_at === null || age_seconds === null) return
    const { scheduler, weather } = this.#world
    if (!weather.wasCalm(['place clock'], MINUTE, place.index)) return
    const age = Math.max(0, scheduler.now + place.clock.skewMs - Date.parse(synced_at)) / 1000
    if (Math.abs(age - age_seconds) > 5) {
      this.#world.violate('/health is true', `${name} says ${age_seconds} s, and it is ${age} s`)
    }
    if (status === 'ok' && age > 15.5 * 60) {
      this.#world.violate('/health is true', `${name} says ok, and all is ${age} s old`)
    }
  }
}
