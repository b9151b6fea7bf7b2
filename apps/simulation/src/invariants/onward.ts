import type { Isolate } from '../places/isolate.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'

/** No isolate steps back in time. */
export class Onward implements Invariant {
  readonly #world: World
  readonly #last = new WeakMap<Isolate, string>()

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    if (sight.kind !== 'answer' || !sight.wire) return
    const { isolate, wire } = sight
    const synced = wire.headers.get('x-synced-at')
    if (synced === null) return
    const last = this.#last.get(isolate) ?? ''
    this.#last.set(isolate, synced)
    if (synced >= last) return
    const { scheduler, weather } = this.#world
    // What a Keeper with a wrong clock dated may lie years ahead.
    if (Date.parse(last) > scheduler.now) return
    // A Keeper whose clock is put right, or that begins anew, has other times.
    if (!weather.wasCalm(['keeper clock', 'keeper lost'], 3_600_000)) return
    this.#world.violate('no isolate steps back', `${isolate.name}: from ${last} to ${synced}`)
  }
}
