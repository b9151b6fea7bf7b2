import { CRON_MS, PUBLISH_MS, staleness } from '@models-edge/api/timing'
import { WHOLE_LIST } from '../people/callers.ts'
import { isHiddenByDefault } from '../upstream/year.ts'
import type { Truth } from '../upstream/truth.ts'
import type { Wire } from '../places/edge-cache.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import type { Contents } from './contents.ts'
import { type Values, valuesOf } from './value.ts'

/** What lies between the Worker and who asks is not the Worker's. */
const BEFORE_CACHES_MS = staleness.totalMs - (staleness.terms['in a cache in front of it'] ?? 0)

/** What is published every five minutes, some syncs after upstream was doubted, and as old as the rest. */
const TOLD_MS = PUBLISH_MS + 5 * CRON_MS + BEFORE_CACHES_MS

/** In good weather, nobody sees anything that is older than timing.ts says. */
export class Fresh implements Invariant {
  readonly #world: World
  readonly #contents: Contents
  readonly #truth: Truth
  readonly #values: Values[]
  readonly #since = new Map<string, number>()
  /** Of each answer: how old it is, as it tells itself. */
  readonly told: number[] = []
  /** The longest time for which something that was served had not been true any more. */
  outdatedMs = 0

  constructor(world: World, contents: Contents) {
    this.#world = world
    this.#contents = contents
    this.#truth = world.truth.without(isHiddenByDefault)
    this.#values = this.#truth.versions.map(({ models }) => valuesOf(models))
  }

  see(sight: Sight): void {
    if (sight.kind !== 'answer' || sight.target !== WHOLE_LIST || sight.wire?.status !== 200) return
    const { scheduler, weather } = this.#world
    const { now } = scheduler
    const { isolate, wire } = sight
    const clear = weather.clearSince(isolate.place.index)
    const since = Math.min(this.#outdatedSince(wire, this.#truth.indexAt(now)), now)
    this.told.push(now - Date.parse(wire.headers.get('x-synced-at') ?? ''))
    this.outdatedMs = Math.max(this.outdatedMs, now - since)
    if (clear === undefined || clear > now) return
    this.#checkTold(wire, isolate.name, now - clear)
    // What became outdated in bad weather could set out when that was over.
    const age = now - Math.max(since, clear)
    if (age <= BEFORE_CACHES_MS) return
    const words = `${isolate.name} serves what was true until ${seconds(now - since)} s ago`
    const clearWords = Number.isFinite(clear) ? `, clear for ${seconds(now - clear)} s` : ''
    this.#world.violate(
      'fresh in good weather',
      `${words}${clearWords}; ${seconds(BEFORE_CACHES_MS)} s are told`,
    )
  }

  /** What upstream keeps saying is renewed with the rhythm, and with it the age that is told. */
  #checkTold({ headers }: Wire, isolate: string, clearMs: number): void {
    const age = this.#world.scheduler.now - Date.parse(headers.get('x-synced-at') ?? '')
    if (clearMs < TOLD_MS || age <= TOLD_MS) return
    const words = `${isolate} tells ${seconds(age)} s`
    this.#world.violate('young in good weather', words)
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

function seconds(ms: number): number {
  return Math.round(ms / 1000)
}
