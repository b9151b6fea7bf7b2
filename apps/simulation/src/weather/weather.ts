import type { Scheduler } from '../scheduler.ts'
import type { Fault, FaultKind } from './fault.ts'
import { type Kind, kinds } from './kinds.ts'
import { skewOf } from './skew.ts'

const DAY_MS = 86_400_000

/** Which faults there are at present, and how long ago the last one of a kind was. */
export class Weather {
  readonly #scheduler: Scheduler
  readonly #keeperPlace: number
  readonly #cronPlace: number
  readonly #present = new Map<FaultKind, Fault[]>()
  readonly #ended: { readonly kind: FaultKind; readonly fault: Fault }[] = []
  readonly #listeners = new Map<FaultKind, ((fault: Fault, begins: boolean) => void)[]>()

  constructor(
    scheduler: Scheduler,
    faults: readonly Fault[],
    { cronPlace, keeperPlace }: { readonly cronPlace: number; readonly keeperPlace: number },
  ) {
    this.#keeperPlace = keeperPlace
    this.#cronPlace = cronPlace
    this.#scheduler = scheduler
    for (const fault of faults) {
      scheduler.at(fault.from, () => this.#begin(fault))
      scheduler.at(fault.until, () => this.#end(fault))
    }
  }

  /** Tells of each beginning and each end of such a fault. */
  on(kind: FaultKind, listener: (fault: Fault, begins: boolean) => void): void {
    this.#listeners.set(kind, [...(this.#listeners.get(kind) ?? []), listener])
  }

  /** The fault of this kind that is there now. */
  now(kind: FaultKind, place?: number): Fault | undefined {
    const present = this.#present.get(kind)
    if (!present || present.length === 0) return undefined
    return present.find((fault) => isIn(fault, place))
  }

  /** Whether there was none of these in all of that time until now. */
  wasCalm(wanted: readonly FaultKind[], ms: number, place?: number): boolean {
    if (wanted.some((kind) => this.now(kind, place))) return false
    const since = this.#scheduler.now - ms
    return !this.#ended.some(
      ({ kind, fault }) => fault.until >= since && wanted.includes(kind) && isIn(fault, place),
    )
  }

  /**
   * Since when nothing holds up what is new on its way to this place; undefined where something does.
   */
  clearSince(place: number): number | undefined {
    if (this.countsSlowly()) return undefined
    let since = -Infinity
    for (const [kind, faults] of this.#present) {
      const holdsUp = isFelt(kind) && faults.some((fault) => this.#isOnTheWay(fault, place))
      if (holdsUp) return undefined
    }
    for (const { kind, fault } of this.#ended) {
      const { felt }: Kind = kinds[kind]
      if (!felt || !this.#isOnTheWay(fault, place)) continue
      since = Math.max(since, fault.until + felt(fault.until - fault.from))
    }
    return since
  }

  /**
   * By a clock that was ahead, revisions and places are those of times to come, and grow little by little.
   * With the storage, the last of them are lost: until there are as many again, what comes is taken for older.
   */
  countsSlowly(): boolean {
    const ahead = this.#ofLastDay('keeper clock').filter(({ strength }) => skewOf(strength) > 0)
    return this.#ofLastDay('keeper lost').some((lost) => ahead.some(({ from }) => from < lost.from))
  }

  /** Whether the Keeper's clock was so far ahead today: what it wrote then is young for years. */
  wasAhead(ms: number): boolean {
    return this.#ofLastDay('keeper clock').some(({ strength }) => skewOf(strength) > ms)
  }

  /** Those that are there now, or ended not longer ago than a day. */
  #ofLastDay(wanted: FaultKind): readonly Fault[] {
    const since = this.#scheduler.now - DAY_MS
    const ended = this.#ended.filter(({ fault, kind }) => kind === wanted && fault.until >= since)
    return [...(this.#present.get(wanted) ?? []), ...ended.map(({ fault }) => fault)]
  }

  /** What is new comes by the place of the cron, which knocks, and by the Keeper's. */
  #isOnTheWay(fault: Fault, place: number): boolean {
    return [place, this.#cronPlace, this.#keeperPlace].some((one) => isIn(fault, one))
  }

  #begin(fault: Fault): void {
    const { kind } = fault
    if (fault.until > fault.from) {
      this.#present.set(kind, [...(this.#present.get(kind) ?? []), fault])
    }
    for (const listener of this.#listeners.get(kind) ?? []) listener(fault, true)
  }

  #end(fault: Fault): void {
    const { kind } = fault
    const present = this.#present.get(kind) ?? []
    this.#present.set(
      kind,
      present.filter((other) => other !== fault),
    )
    this.#ended.push({ kind, fault })
    if (fault.until > fault.from) {
      for (const listener of this.#listeners.get(kind) ?? []) listener(fault, false)
    }
  }
}

function isIn({ places }: Fault, place: number | undefined): boolean {
  return places === undefined || place === undefined || places.includes(place)
}

function isFelt(kind: FaultKind): boolean {
  return 'felt' in kinds[kind]
}
