import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'

const MINUTE = 60_000

/** What is told as stale is older than a quarter of an hour, and nothing else is. */
export class Standing implements Invariant {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    if (sight.kind !== 'answer' || !sight.wire) return
    const { isolate, target, wire } = sight
    const standing = /detail=(\w+)/.exec(wire.headers.get('cache-status') ?? '')?.[1]
    const synced = Date.parse(wire.headers.get('x-synced-at') ?? '')
    const { scheduler, weather } = this.#world
    const age = (scheduler.now - synced) / MINUTE
    const isRight = standing === 'stale' ? age > 14.5 : standing !== 'fresh' || age < 15.5
    if (isRight || !Number.isFinite(age)) return
    if (!weather.wasCalm(['keeper clock'], 30 * MINUTE)) return
    if (!weather.wasCalm(['place clock'], MINUTE, isolate.place.index)) return
    const words = `${isolate.name}, ${target}: ${standing} at ${age.toFixed(1)} min`
    this.#world.violate('stale is what is old', words)
  }
}
