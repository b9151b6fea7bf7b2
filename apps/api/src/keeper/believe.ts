import { canonical } from '../snapshot/canonical.ts'
import type { StoredModel } from '../snapshot/model.ts'
import { tagOf } from '../snapshot/tag.ts'

/** A model as it was believed last. */
export interface Known {
  readonly id: string
  readonly json: string
}

/** What the last sweep said of a model that is not what is known of it. */
interface Doubt {
  /** Of its text, and of its value whatever its text; empty where it was not listed. */
  readonly text: string
  readonly value: string
  /** How many sweeps in a row did not say what is known. */
  readonly sweeps: number
}

export interface Doubts {
  readonly models: Readonly<Record<string, Doubt>>
  /** Of the order of the models. */
  readonly order: string
}

export const noDoubts: Doubts = { models: {}, order: '' }

/** After so many contradictions in a row, each one another, the last one is taken. */
const MAX_SWEEPS = 15

const ABSENT = { text: '', value: '' }

export interface Belief {
  /** What is known from now on, in its order. */
  readonly models: readonly Known[]
  readonly doubts: Doubts
  /** The models of which upstream said something else than what is known from now on. */
  readonly contradicted: readonly string[]
}

/**
 * What to believe after a sweep. What is new is believed at once. What replaces or removes something that
 * is known must be said by two sweeps in a row: one odd answer changes nothing.
 */
export function believe(
  known: readonly Known[],
  doubts: Doubts,
  swept: readonly StoredModel[],
): Belief {
  const said = new Map(swept.map(({ id, json }) => [id, json]))
  const next = new Map<string, string>()
  const doubted: [string, Doubt][] = []
  const contradicted: string[] = []
  for (const { id, json } of known) {
    const now = said.get(id)
    if (now === json) {
      next.set(id, json)
      continue
    }
    const last = doubts.models[id]
    const tags = tagsOf(now)
    const isSame = tags.value === tagOf(canonical(json))
    // Another text for the same value says nothing against what is known.
    const doubt = { ...tags, sweeps: isSame ? 0 : (last?.sweeps ?? 0) + 1 }
    const isBelieved = isSame ? doubt.text === last?.text : isSettled(doubt, last)
    if (!isBelieved) {
      next.set(id, json)
      doubted.push([id, doubt])
      if (!isSame) contradicted.push(id)
    } else if (now !== undefined) {
      next.set(id, now)
    }
  }
  const before = new Set(known.map(({ id }) => id))
  for (const { id, json } of swept) if (!before.has(id)) next.set(id, json)

  const { ids, order } = ordered(
    known.map(({ id }) => id).filter((id) => next.has(id)),
    swept.map(({ id }) => id).filter((id) => next.has(id)),
    doubts.order,
  )
  return {
    models: ids.map((id) => ({ id, json: next.get(id) ?? '' })),
    doubts: { models: Object.fromEntries(doubted), order },
    contradicted,
  }
}

function tagsOf(json: string | undefined): Pick<Doubt, 'text' | 'value'> {
  return json === undefined ? ABSENT : { text: tagOf(json), value: tagOf(canonical(json)) }
}

function isSettled(doubt: Doubt, last: Doubt | undefined): boolean {
  return doubt.value === last?.value || doubt.sweeps >= MAX_SWEEPS
}

/** The order of a list, too, must be seen twice where it is not the one that is known. */
function ordered(
  known: readonly string[],
  swept: readonly string[],
  doubted: string,
): { readonly ids: readonly string[]; readonly order: string } {
  const listed = new Set(swept)
  const held = new Set(known)
  const was = known.filter((id) => listed.has(id))
  const is = swept.filter((id) => held.has(id))
  const isSame = is.every((id, index) => id === was[index])
  const order = isSame ? '' : tagOf(JSON.stringify(swept))
  const base = order === '' || order === doubted ? swept : was
  return {
    ids: placed(placed(base, swept), known),
    order: base === swept ? '' : order,
  }
}

/** The list, with whatever it lacks of another one put behind what it follows there. */
function placed(list: readonly string[], other: readonly string[]): readonly string[] {
  const ids = [...list]
  const present = new Set(ids)
  for (const [index, id] of other.entries()) {
    if (present.has(id)) continue
    const previous = other[index - 1]
    ids.splice(previous === undefined ? 0 : ids.indexOf(previous) + 1, 0, id)
    present.add(id)
  }
  return ids
}
