import { MAX_AGE_SECONDS, PUBLISH_MS, REVALIDATE_SECONDS, staleness } from '@models-edge/api/timing'
import { WHOLE_LIST } from '../people/callers.ts'
import { isHiddenByDefault } from '../upstream/year.ts'
import type { Truth } from '../upstream/truth.ts'
import type { Wire } from '../places/edge-cache.ts'
import type { Isolate } from '../places/isolate.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import type { Contents } from './contents.ts'
import type { Operator } from './operator.ts'
import type { PutsOfDay } from './puts-of-day.ts'
import { type Values, valuesOf } from './value.ts'

const MINUTE = 60_000

/** What timing.ts computes, and never more than the design allows; a cache in front is not the Worker's. */
const BEFORE_CACHES_MS =
  Math.min(staleness.totalMs, 6 * MINUTE) - (staleness.terms['in a cache in front of it'] ?? 0)

/** A cache shows what it has while it asks for more, up to ten minutes longer. */
const BEHIND_CACHES_MS = BEFORE_CACHES_MS + (MAX_AGE_SECONDS + REVALIDATE_SECONDS) * 1000

/** What is published every five minutes, some syncs after upstream was doubted, and as old as the rest. */
const TOLD_MS = 10 * MINUTE

/** In good weather, nobody sees anything that is older than timing.ts says. */
export class Fresh implements Invariant {
  readonly #world: World
  readonly #contents: Contents
  readonly #operator: Operator
  readonly #puts: PutsOfDay
  readonly #truth: Truth
  readonly #values: Values[]
  readonly #since = new Map<string, number>()
  readonly #answeredAt = new WeakMap<Isolate, number>()
  /** Of each answer: how old it is, as it tells itself. */
  readonly told: number[] = []
  /** The longest time for which something that was served had not been true any more. */
  outdatedMs = 0

  constructor(world: World, contents: Contents, operator: Operator, puts: PutsOfDay) {
    this.#world = world
    this.#puts = puts
    this.#operator = operator
    this.#contents = contents
    this.#truth = world.truth.without(isHiddenByDefault)
    this.#values = this.#truth.versions.map(({ models }) => valuesOf(models))
  }

  see(sight: Sight): void {
    if (sight.kind === 'answer' && sight.wire) {
      const { isolate, target, wire } = sight
      if (!isWholeList(wire, target)) return
      this.#remember(wire)
      const { index } = isolate.place
      if (this.#sleptOverClock(isolate)) return
      this.#judge(wire, index, BEFORE_CACHES_MS, `isolate ${isolate.name}`)
    }
    if (sight.kind === 'client' && isWholeList(sight.wire, sight.target)) {
      const { place, wire } = sight
      // Where clients hang up, a cache has nobody to ask for.
      if (!this.#world.weather.wasCalm(['requests cancelled'], 60 * MINUTE, place)) return
      this.#judge(wire, place, BEHIND_CACHES_MS, `the cache of place ${place}`)
    }
  }

  /**
   * When a clock that was ahead is put right, what was read by it seems to be young once more, when its time
   * comes. Whoever asks then, and for the first time since, gets it, and has it renewed.
   */
  #sleptOverClock(isolate: Isolate): boolean {
    const { scheduler, weather } = this.#world
    const last = this.#answeredAt.get(isolate)
    this.#answeredAt.set(isolate, scheduler.now)
    if (last === undefined) return false
    return !weather.wasCalm(['place clock'], scheduler.now - last, isolate.place.index)
  }

  #remember(wire: Wire): void {
    const { now } = this.#world.scheduler
    this.told.push(now - Date.parse(wire.headers.get('x-synced-at') ?? ''))
    this.outdatedMs = Math.max(this.outdatedMs, now - this.#outdatedSince(wire))
  }

  #judge(wire: Wire, place: number, limitMs: number, who: string): void {
    const { scheduler, weather } = this.#world
    const { now } = scheduler
    const since = this.#outdatedSince(wire)
    const clear = weather.clearSince(place)
    if (clear === undefined || clear > now || this.#operator.isNeeded) return
    this.#checkTold(wire, who, now - clear, limitMs)
    // What became outdated in bad weather could set out when that was over.
    const limit = limitMs + this.#untilTurnMs()
    if (now - Math.max(since, clear) <= limit) return
    const clearWords = Number.isFinite(clear) ? `, clear for ${seconds(now - clear)} s` : ''
    const words = `${who} serves what was true until ${seconds(now - since)} s ago${clearWords}`
    this.#world.violate('fresh in good weather', `${words}; ${seconds(limit)} s are told`)
  }

  /** After so much news in a day, what is new waits for its turn. */
  #untilTurnMs(): number {
    const since = this.#world.scheduler.now - this.#puts.spentAt
    return since < BEHIND_CACHES_MS + 2 * PUBLISH_MS ? PUBLISH_MS : 0
  }

  /** What upstream keeps saying is renewed with the rhythm, and with it the age that is told. */
  #checkTold({ headers }: Wire, who: string, clearMs: number, limitMs: number): void {
    const age = this.#world.scheduler.now - Date.parse(headers.get('x-synced-at') ?? '')
    const told = TOLD_MS + limitMs
    if (clearMs < told || age <= told) return
    const words = `${who} tells ${seconds(age)} s`
    this.#world.violate('young in good weather', words)
  }

  /** Since when something that is served is not true any more; now where all of it is. */
  #outdatedSince(wire: Wire): number {
    const { now } = this.#world.scheduler
    return Math.min(this.#changedSince(wire, this.#truth.indexAt(now)), now)
  }

  #changedSince({ headers, text }: Wire, index: number): number {
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

function isWholeList(wire: Wire, target: string): boolean {
  return target === WHOLE_LIST && wire.status === 200
}

function seconds(ms: number): number {
  return Math.round(ms / 1000)
}
