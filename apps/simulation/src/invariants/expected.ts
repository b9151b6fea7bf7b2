import type { Values } from './value.ts'

interface Doubt {
  readonly value: string | undefined
  readonly sweeps: number
}

/** Contradicted so often in a row, each time otherwise, what was known is old at any rate. */
const MOST_SWEEPS = 15

/**
 * What the service must know and tell after a row of answers: this, by its own rules, is the judge of the
 * Keeper. What is new is believed at once, what replaces something when two answers in a row agree.
 */
export class Expected {
  readonly known: ReadonlyMap<string, string>
  readonly #doubts: ReadonlyMap<string, Doubt>
  /** What happened, in words that can be compared: what each sync brought, sorted. */
  readonly events: readonly (readonly string[])[]

  constructor(
    known: ReadonlyMap<string, string>,
    doubts: ReadonlyMap<string, Doubt> = new Map(),
    events: readonly (readonly string[])[] = [],
  ) {
    this.known = known
    this.#doubts = doubts
    this.events = events
  }

  /** Two that are alike need not be told apart. */
  get key(): string {
    return JSON.stringify([[...this.known], [...this.#doubts], this.events])
  }

  /** Of how many models the last answer was not believed. */
  get doubted(): number {
    return this.#doubts.size
  }

  afterFailure(): Expected {
    return new Expected(this.known, new Map(), this.events)
  }

  afterAnswer(said: Values): Expected {
    const known = new Map<string, string>()
    const doubts = new Map<string, Doubt>()
    const events: string[] = []
    for (const [id, was] of this.known) {
      const value = said.get(id)
      const last = this.#doubts.get(id)
      const sweeps = (last?.sweeps ?? 0) + 1
      if (value === was) known.set(id, was)
      else if ((last && last.value === value) || sweeps >= MOST_SWEEPS) {
        if (value !== undefined) known.set(id, value)
        events.push(...told(id, was, value))
      } else {
        known.set(id, was)
        doubts.set(id, { value, sweeps })
      }
    }
    for (const [id, value] of said) {
      if (this.known.has(id)) continue
      known.set(id, value)
      events.push(...told(id, undefined, value))
    }
    const brought = events.length > 0 ? [events.toSorted()] : []
    return new Expected(known, doubts, [...this.events, ...brought])
  }
}

interface Fields {
  readonly lifecycle?: string
  readonly retires_at?: string | null
}

const ofEnd: ReadonlySet<string> = new Set(['lifecycle', 'deprecated_at', 'retires_at'])

/** The events that lie between two values of a model. */
function told(id: string, was: string | undefined, value: string | undefined): readonly string[] {
  if (was === undefined) return [eventWords(id, 'released')]
  if (value === undefined) return [eventWords(id, 'removed')]
  const before = JSON.parse(was) as Fields & Record<string, unknown>
  const after = JSON.parse(value) as Fields & Record<string, unknown>
  const [from, to] = [before.retires_at ?? null, after.retires_at ?? null]
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  const differing = [...names].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  const turned =
    before.lifecycle !== after.lifecycle &&
    (after.lifecycle === 'deprecated' || after.lifecycle === 'retired')
  const events: string[] = []
  if (turned) events.push(eventWords(id, after.lifecycle, from, to))
  else if (from !== to) events.push(eventWords(id, 'retirement_rescheduled', from, to))
  const rest = differing.filter((name) => (turned ? !ofEnd.has(name) : name !== 'retires_at'))
  if (rest.length > 0) events.push(eventWords(id, 'changed', rest.toSorted().join()))
  return events
}

export function eventWords(id: string, change: string, ...more: readonly unknown[]): string {
  return [id, change, ...more.map((part) => JSON.stringify(part))].join(' ')
}
