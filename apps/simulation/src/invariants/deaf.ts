import { KNOCK_MS, PUBLISH_MS, SILENCE_MS } from '@models-edge/api/timing'
import type { Isolate } from '../places/isolate.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import { ofKeeper } from './answered.ts'

const MINUTE = 60_000

/** KV may be silent for so long before the Keeper is asked; then it is asked once in a while. */
const LIMIT_MS = SILENCE_MS + KNOCK_MS + PUBLISH_MS + 5 * MINUTE

/** Who is asked less often than this may be behind. */
const GAP_MS = 5 * MINUTE

/** A place whose KV is dead does not stay behind while it can reach the Keeper. */
export class Deaf implements Invariant {
  readonly #world: World
  readonly #times = new WeakMap<Isolate, number[]>()

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    if (sight.kind !== 'answer' || !sight.wire) return
    const { isolate, wire } = sight
    const { scheduler, weather } = this.#world
    const { now } = scheduler
    const times = [...(this.#times.get(isolate) ?? []), now].filter((time) => now - time < LIMIT_MS)
    this.#times.set(isolate, times)
    const age = now - Date.parse(wire.headers.get('x-synced-at') ?? '')
    if (!(age > LIMIT_MS) || !isAskedOften(times, now)) return
    const clear = weather.clearSince(this.#world.places.length)
    if (clear === undefined || now - clear < LIMIT_MS) return
    const { index } = isolate.place
    if (!weather.wasCalm(ofKeeper, LIMIT_MS, index)) return
    if (!weather.wasCalm(['place clock'], LIMIT_MS, index)) return
    const words = `${isolate.name} tells ${Math.round(age / MINUTE)} min`
    this.#world.violate('a place without KV asks the Keeper', words)
  }
}

function isAskedOften(times: readonly number[], now: number): boolean {
  const [first = now] = times
  if (now - first < LIMIT_MS - GAP_MS) return false
  return times.every((time, index) => time - (times[index - 1] ?? time) < GAP_MS)
}
