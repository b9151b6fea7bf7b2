import { KNOCK_MS, PUBLISH_MS, SILENCE_MS } from '@models-edge/api/timing'
import type { Isolate } from '../places/isolate.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import { ofKeeper } from './excuses.ts'

const MINUTE = 60_000

/** KV may be silent for so long before the Keeper is asked; then it is asked once in a while. */
const LIMIT_MS = SILENCE_MS + KNOCK_MS + PUBLISH_MS + 5 * MINUTE

/** Who is asked less often than this may be behind. */
const GAP_MS = 5 * MINUTE

/** Since when an isolate has been asked again and again, and when it was asked last. */
interface Asked {
  readonly since: number
  readonly last: number
}

/** A place whose KV is dead does not stay behind while it can reach the Keeper. */
export class Deaf implements Invariant {
  readonly #world: World
  readonly #asked = new WeakMap<Isolate, Asked>()

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    if (sight.kind !== 'answer' || !sight.wire) return
    const { isolate, wire } = sight
    const { scheduler, weather } = this.#world
    const { now } = scheduler
    const asked = this.#asked.get(isolate)
    const since = asked && now - asked.last < GAP_MS ? asked.since : now
    this.#asked.set(isolate, { since, last: now })
    const age = now - Date.parse(wire.headers.get('x-synced-at') ?? '')
    if (!(age > LIMIT_MS) || now - since < LIMIT_MS - GAP_MS) return
    const clear = weather.clearSince(this.#world.places.length)
    if (clear === undefined || now - clear < LIMIT_MS) return
    const { index } = isolate.place
    if (!weather.wasCalm(ofKeeper, LIMIT_MS, index)) return
    if (!weather.wasCalm(['place clock'], LIMIT_MS, index)) return
    const words = `${isolate.name} tells ${Math.round(age / MINUTE)} min`
    this.#world.violate('a place without KV asks the Keeper', words)
  }
}
