import { staleness } from '@models-edge/api/timing'
import { WHOLE_LIST } from '../people/callers.ts'
import { isHiddenByDefault } from '../upstream/year.ts'
import type { Truth } from '../upstream/truth.ts'
import type { FaultKind } from '../weather/fault.ts'
import { kinds } from '../weather/kinds.ts'
import type { Wire } from '../places/edge-cache.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import type { Contents } from './contents.ts'
import { type Values, valuesOf } from './value.ts'

const MINUTE = 60_000

export const all = Object.keys(kinds) as FaultKind[]

/** So long a fault can be felt after its end: patience of 40 minutes that upstream asked for, and two of 15. */
export const FELT_MS = 75 * MINUTE

/** What lies between the Worker and who asks is not the Worker's. */
const BEFORE_CACHES_MS = staleness.totalMs - (staleness.terms['in a cache in front of it'] ?? 0)

/** In good weather, nobody sees anything that is older than timing.ts says. */
export class Fresh implements Invariant {
  readonly #world: World
  readonly #contents: Contents
  readonly #truth: Truth
  readonly #values: Values[]
  readonly #since = new Map<string, number>()
  worstMs = 0
  /** Of the answers in good weather: how old what they said was. */
  readonly ages: number[] = []

  constructor(world: World, contents: Contents) {
    this.#world = world
    this.#contents = contents
    this.#truth = world.truth.without(isHiddenByDefault)
    this.#values = this.#truth.versions.map(({ models }) => valuesOf(models))
  }

  see(sight: Sight): void {
    if (sight.kind !== 'answer' || sight.target !== WHOLE_LIST || sight.wire?.status !== 200) return
    const { scheduler, weather } = this.#world
    if (!weather.wasCalm(all, FELT_MS)) return
    const { isolate, wire } = sight
    const index = this.#truth.indexAt(scheduler.now)
    const age = scheduler.now - Math.min(this.#outdatedSince(wire, index), scheduler.now)
    this.ages.push(age)
    this.worstMs = Math.max(this.worstMs, age)
    if (age <= BEFORE_CACHES_MS) return
    const words = `${isolate.name} serves what was true until ${Math.round(age / 1000)} s ago`
    this.#world.violate('fresh in good weather', `${words}; ${BEFORE_CACHES_MS / 1000} s are told`)
  }

  /** Since when something that is served is not true any more; Infinity where all of it is. */
  #outdatedSince({ headers, text }: Wire, index: number): number {
    const etag = headers.get('etag') ?? ''
    const key = `${index} ${etag}`
    const known = this.#since.get(key)
    if (known !== undefined) return known
    const served = this.#contents.models(etag, text)
    let since = Infinity
    const ids = new Set([...served.keys(), ...(this.#values[index]?.keys() ?? [])])
    for (const id of ids) {
      const value = this.#values[index]?.get(id)
      if (served.get(id) === value) continue
      let at = index
      while (at > 0 && this.#values[at - 1]?.get(id) === value) at -= 1
      since = Math.min(since, this.#truth.version(at).from)
    }
    this.#since.set(key, since)
    return since
  }
}
