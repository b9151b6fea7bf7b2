import { CATALOG_KEY } from '../kv/catalog-key.ts'
import type { Change } from '@models-edge/core'
import { isHiddenByDefault } from '../upstream/year.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import { eventWords, Expected } from './expected.ts'
import { historyEnd } from './history-end.ts'
import { type Values, valuesOf } from './value.ts'

const MINUTE = 60_000

interface Put {
  readonly models: readonly string[]
  readonly changes: readonly Change[]
}

/**
 * Every change of a model that two answers in a row agree on is recorded once and in order, and nothing else is.
 * Where a restart leaves open whether an answer was taken, both are possible until the history tells.
 */
export class Recorded implements Invariant {
  readonly #world: World
  #possible: readonly Expected[] = []
  /** What was said to the sync that is under way. */
  #said: Values | undefined
  /** Of syncs that run beside each other. */
  #linesToCome = 0
  /** Of the history, the part that is watched. */
  #since = ''
  #isBegun = false

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    if (sight.kind === 'upstream says' && sight.name === undefined) {
      const { said } = sight
      this.#overlap()
      const list = said.what === 'list' ? [...said.models] : undefined
      this.#said = list && valuesOf(list.filter(([id]) => !isHiddenByDefault(id)))
    }
    if (sight.kind === 'log' && sight.line['event'] === 'sync') this.#ended(sight.line)
    if (sight.kind === 'keeper dies') this.#died(sight.why)
    if (sight.kind === 'put' && sight.key === CATALOG_KEY) this.#put(JSON.parse(sight.value) as Put)
  }

  /**
   * A clock that is moved ends the wait for a sync: the next one begins beside it, and the lines of the two
   * do not tell which answer was taken when.
   */
  #overlap(): void {
    if (!this.#said || this.#world.weather.wasCalm(['keeper clock'], MINUTE)) return
    this.#mayHaveTaken(this.#said)
    this.#linesToCome = 2
  }

  #mayHaveTaken(said: Values): void {
    this.#possible = this.#possible.flatMap((state) => [state, state.afterAnswer(said)])
    this.#unite()
  }

  #ended(line: Readonly<Record<string, unknown>>): void {
    const said = this.#said
    if (this.#linesToCome > 0) {
      this.#linesToCome -= 1
      if (said) this.#mayHaveTaken(said)
      if (this.#linesToCome === 0) this.#said = undefined
      return
    }
    this.#said = undefined
    if (!this.#isBegun) return
    switch (line['outcome']) {
      case 'written':
      case 'unchanged':
      case 'doubted':
        if (said) this.#possible = this.#possible.map((state) => state.afterAnswer(said))
        this.#checkDoubts(line['doubted'] ?? 0)
        return
      case 'failed':
        // It may have failed after the list was taken, or before anything could be noted.
        this.#possible = this.#possible.flatMap((state) => {
          const ends = said ? [state, state.afterAnswer(said)] : [state]
          const noted = ends.map((end) => end.afterFailure())
          return line['reason'] === 'internal' ? [...ends, ...noted] : noted
        })
        break
      default:
    }
    this.#unite()
  }

  /** Another text for the same value is no reason for a doubt. */
  #checkDoubts(doubted: unknown): void {
    if (this.#possible.some((state) => state.doubted === doubted)) return
    const seen = `${String(doubted)} models were doubted, and not ${this.#possible[0]?.doubted}`
    this.#world.violate('only what differs is doubted', seen)
  }

  #died(why: string): void {
    const said = this.#said
    this.#said = undefined
    this.#linesToCome = 0
    if (why.includes('lost')) {
      this.#isBegun = false
      return
    }
    if (said) this.#mayHaveTaken(said)
  }

  #unite(): void {
    this.#possible = [...new Map(this.#possible.map((state) => [state.key, state])).values()]
  }

  #put({ changes: all, models }: Put): void {
    const changes = all.filter(({ alias }) => alias === undefined)
    if (!this.#isBegun) {
      this.#isBegun = true
      this.#since = changes[0]?.id ?? ''
      const known = models.map((json) => [(JSON.parse(json) as { id: string }).id, json] as const)
      this.#possible = [new Expected(valuesOf(known))]
      return
    }
    const said = this.#said
    const end = historyEnd(all)
    const isWhole = end <= this.#since
    const seen = changes
      .filter(({ id }) => id > this.#since && id >= end)
      .toReversed()
      .map(words)
    // The put may come in the middle of a sync, when its list is taken already.
    const optionsOf = (state: Expected): readonly Expected[] =>
      said ? [state, state.afterAnswer(said)] : [state]
    const told = this.#possible.filter((state) =>
      optionsOf(state).some(({ events }) => isSame(events, seen, isWhole)),
    )
    if (told.length > 0) {
      // The history has told which of them it was.
      this.#possible = told
      return
    }
    const options = this.#possible.flatMap(optionsOf)
    const [first] = options.toReversed()
    this.#world.violate(
      'every change is recorded once and in order',
      `expected ${difference(first?.events ?? [], seen)}`,
    )
  }
}

/**
 * What one sync brought has an order of its own; one sync comes after the other. Of a history that has an
 * end, the last ones are compared.
 */
function isSame(events: Expected['events'], seen: readonly string[], isWhole: boolean): boolean {
  let at = seen.length
  for (const brought of events.toReversed()) {
    const told = seen.slice(Math.max(0, at - brought.length), at).toSorted()
    at -= brought.length
    if (at < 0 && !isWhole) return told.every((event) => brought.includes(event))
    if (told.join('|') !== brought.join('|')) return false
  }
  return at === 0
}

function difference(events: Expected['events'], seen: readonly string[]): string {
  const expected = events.flat()
  const missing = expected.filter((event) => !seen.includes(event))
  const extra = seen.filter((event) => !expected.includes(event))
  let at = 0
  const other = events.findIndex((brought) => {
    const told = seen.slice(at, (at += brought.length)).toSorted()
    return told.join('|') !== brought.join('|')
  })
  const first = `from ${events[other]?.join(', ')} on, seen as ${seen.slice(at - (events[other]?.length ?? 0), at + 2).join(', ')}`
  return `${expected.length} events and got ${seen.length}; missing: ${missing.join('; ')}; too many: ${extra.join('; ')}; otherwise ${first}`
}

function words({ change, fields, model_id, retires_at }: Change): string {
  if (change === 'changed') return eventWords(model_id, change, (fields ?? []).toSorted().join())
  if (!retires_at) return eventWords(model_id, change)
  return eventWords(model_id, change, retires_at.from, retires_at.to)
}
