import { CATALOG_KEY } from '../kv/catalog-key.ts'
import type { Isolate } from '../places/isolate.ts'
import type { Answered, Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import { ofKeeper, ofKv, SHOWN_MS } from './excuses.ts'

/** Nobody waits longer than this, whatever happens. */
const PATIENCE_MS = 5_000

/** An isolate that found nothing asks again after a minute at the latest. */
const PAUSE_MS = 75_000

/** An answer while there is any copy that can be reached, else a 503; and either within five seconds. */
export class AlwaysAnswered implements Invariant {
  readonly #world: World
  readonly #filled = new WeakSet<Isolate>()
  /** Since when the Keeper has had something. */
  #keeperSince: number | undefined

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    const { scheduler } = this.#world
    if (sight.kind === 'log' && sight.line['models'] !== undefined)
      this.#keeperSince ??= scheduler.now
    if (sight.kind === 'keeper dies' && sight.why.includes('lost')) this.#keeperSince = undefined
    if (sight.kind === 'answer' && sight.wire) this.#check(sight, sight.wire)
  }

  #check(
    { asked, isolate, target }: Answered,
    { headers, made, status }: NonNullable<Answered['wire']>,
  ): void {
    const world = this.#world
    const who = `isolate ${isolate.name} to ${target}`
    const took = Math.round(made - asked)
    if (took > PATIENCE_MS) world.violate('an answer within 5 s', `${who} took ${took} ms`)
    if (status >= 500 && status !== 503) world.violate('no answer is an error', `${who}: ${status}`)
    if (headers.has('x-synced-at')) this.#filled.add(isolate)
    if (status !== 503) return
    const copy = this.#copy(isolate)
    if (copy) world.violate('an answer while there is a copy', `${who}: 503, but ${copy}`)
  }

  /** Where the isolate could have had something to serve. */
  #copy(isolate: Isolate): string | undefined {
    const { centre, scheduler, weather } = this.#world
    const { index } = isolate.place
    if (this.#filled.has(isolate)) return 'it has answered before'
    const { now } = scheduler
    const values = [centre.newest(CATALOG_KEY), centre.writtenBefore(CATALOG_KEY, now - SHOWN_MS)]
    const isInKv = values.every((value) => value?.includes('"revision"'))
    if (isInKv && weather.wasCalm(ofKv, SHOWN_MS, index)) return 'KV has one'
    const isKept = now - (this.#keeperSince ?? now) > PAUSE_MS
    return isKept && weather.wasCalm(ofKeeper, PAUSE_MS, index) ? 'the Keeper has one' : undefined
  }
}
