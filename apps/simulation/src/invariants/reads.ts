import { CRON_MS, KNOCK_MS, RELOAD_MS } from '@models-edge/api/timing'
import type { Isolate } from '../places/isolate.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'

/** An isolate with nothing asks again after this at the earliest. */
const FIRST_PAUSE_MS = 5_000

/** However many ask, an isolate reads KV twice or three times a minute, and the Keeper's copy hardly ever. */
export class Reads implements Invariant {
  readonly #world: World
  readonly #read = new WeakMap<Isolate, number>()
  readonly #copied = new Map<string, number>()
  readonly #filled = new Map<string, number>()

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    const { now } = this.#world.scheduler
    if (sight.kind === 'answer' && sight.wire?.headers.has('x-synced-at')) {
      const { name } = sight.isolate
      if (!this.#filled.has(name)) this.#filled.set(name, now)
    }
    if (sight.kind === 'kv read') {
      const { name, place } = sight.isolate
      const last = this.#read.get(sight.isolate) ?? -Infinity
      this.#read.set(sight.isolate, now)
      const pause = this.#wasFilledBefore(name, last) ? RELOAD_MS : FIRST_PAUSE_MS
      this.#check('KV is read as often as told', name, place.index, now - last, pause)
    }
    if (sight.kind === 'call' && sight.method === 'copy') {
      const { from, place } = sight
      const last = this.#copied.get(from) ?? -Infinity
      this.#copied.set(from, now)
      const pause = this.#wasFilledBefore(from, last) ? KNOCK_MS - CRON_MS : FIRST_PAUSE_MS
      this.#check('copies are asked for as often as told', from, place, now - last, pause)
    }
  }

  #wasFilledBefore(name: string, time: number): boolean {
    return (this.#filled.get(name) ?? Infinity) < time
  }

  #check(promise: string, name: string, place: number, ms: number, pause: number): void {
    if (ms >= pause || !this.#world.weather.wasCalm(['place clock'], pause, place)) return
    this.#world.violate(promise, `isolate ${name} asks again after ${Math.round(ms)} ms`)
  }
}
