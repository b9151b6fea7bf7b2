import { ApiError } from '@models-edge/core'
import { ALIAS_MS, ALIASES_A_SYNC } from '../timing.ts'
import type { Moment } from './commit.ts'
import { addToHistory } from './history.ts'
import { rememberAliases, type Turn } from './past-names.ts'
import { type AliasRow, type CatalogRow, Rows } from './rows.ts'
import { seal, type Visibility } from './seal.ts'
import type { Storage } from './storage.ts'
import type { Upstream } from './upstream.ts'

const MAX_CANDIDATES = 300

/** More urgent, in milliseconds, than any that is merely old. */
const NEVER_ASKED = 1e14
const IN_DOUBT = 1e15

/** The doubt that a name stands for anything. */
const NONE = ''

/** What upstream said of a name. */
export type Answered = { readonly alias: string } & (
  | { readonly kind: 'model'; readonly id: string }
  | { readonly kind: 'none' }
  /** It is no name at all, and would be refused again. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'silence' }
)

/** Dated ids without their date, and what the operator names; never what is an id itself. */
export function candidates(ids: readonly string[], extra: readonly string[]): readonly string[] {
  const undated = ids.flatMap((id) => /^(.+)-\d{8}$/.exec(id)?.[1] ?? [])
  const taken = new Set(ids)
  return [...new Set([...extra, ...undated])]
    .filter((name) => !taken.has(name))
    .slice(0, MAX_CANDIDATES)
}

/**
 * Which names to ask for now: those in doubt, those never asked for, then those asked longest ago. One
 * place is for whoever waits longest, so that names which nobody answers for cannot hold up all others.
 */
export function dueAliases(
  names: readonly string[],
  known: readonly AliasRow[],
  now: number,
): readonly string[] {
  const rows = new Map(known.map((row) => [row.alias, row]))
  const age = (name: string): number => {
    const row = rows.get(name)
    return row ? Math.abs(now - row.asked_at) : NEVER_ASKED
  }
  const urgency = (name: string): number =>
    (rows.get(name)?.doubt ?? null) === null ? age(name) : IN_DOUBT + age(name)
  const due = names
    .filter((name) => urgency(name) >= ALIAS_MS)
    .toSorted((one, other) => urgency(other) - urgency(one))
  const [longest] = due.slice(ALIASES_A_SYNC - 1).toSorted((one, other) => age(other) - age(one))
  return [...due.slice(0, ALIASES_A_SYNC - 1), ...(longest === undefined ? [] : [longest])]
}

/** When the next name is due; one in doubt, or never asked for, is due at once. */
export function nextDueAt(
  names: readonly string[],
  known: readonly AliasRow[],
  now: number,
): number {
  const rows = new Map(known.map((row) => [row.alias, row]))
  const times = names.map((name) => {
    const row = rows.get(name)
    return row && row.doubt === null ? row.asked_at + ALIAS_MS : 0
  })
  return Math.min(now + ALIAS_MS, ...times)
}

/** Asks for all of them at once. */
export function askAliases(
  names: readonly string[],
  upstream: Upstream,
  signal: AbortSignal,
): Promise<readonly Answered[]> {
  return Promise.all(
    names.map(async (alias): Promise<Answered> => {
      try {
        const id = await upstream.resolve(alias, signal)
        return id === null ? { alias, kind: 'none' } : { alias, kind: 'model', id }
      } catch (error) {
        const refused = error instanceof ApiError && error.status === 400
        return { alias, kind: refused ? 'refused' : 'silence' }
      }
    }),
  )
}

/**
 * What to believe of a name after an answer. A name that stood for nothing, and now for a model, does so at
 * once. What replaces or ends something must be said by two answers in a row.
 */
export function believeAlias(row: AliasRow | undefined, answer: Answered, now: number): AliasRow {
  const { alias } = answer
  const model = row?.model ?? null
  const next = { alias, model, asked_at: now, doubt: null }
  switch (answer.kind) {
    case 'refused':
      return next
    case 'silence': {
      const isKnown = row !== undefined && (model !== null || row.doubt === null)
      // Behind all others that are due.
      return { ...next, asked_at: now - ALIAS_MS, doubt: isKnown ? null : NONE }
    }
    case 'none':
      if (model === null) return { ...next, doubt: row ? null : NONE }
      return row?.doubt === NONE ? { ...next, model: null } : { ...next, doubt: NONE }
    case 'model':
    default: {
      const { id } = answer
      const isBelieved = model === null || model === id || row?.doubt === id
      return isBelieved ? { ...next, model: id } : { ...next, doubt: id }
    }
  }
}

/**
 * Writes what was found, and takes out what is no candidate any more. A name that stood for a model and
 * ceases to is a past one from then on. Gives whether any name has another model.
 */
export function commitAliases(
  storage: Storage,
  visibility: Visibility,
  names: readonly string[],
  answers: readonly Answered[],
  { now, random }: Pick<Moment, 'now' | 'random'>,
): boolean {
  const rows = new Rows(storage)
  return storage.transactionSync(() => {
    const catalog = rows.current()
    if (!catalog) return false
    const known = new Map(rows.aliases(catalog.id).map((row) => [row.alias, row]))
    const listed = new Set(rows.ids(catalog.id))
    const wanted = new Set(names)
    const gone = [...known.values()].filter(({ alias }) => !wanted.has(alias))
    for (const { alias } of gone) {
      storage.sql.exec(`DELETE FROM aliases WHERE catalog = ? AND alias = ?`, catalog.id, alias)
    }
    // Of a name that nobody asks for any more nothing is known: if its model had gone, so would it.
    const turns: Turn[] = []
    for (const answer of answers) {
      const { alias } = answer
      const isListed = answer.kind !== 'model' || listed.has(answer.id)
      const credible: Answered = isListed ? answer : { alias, kind: 'none' }
      const row = believeAlias(known.get(alias), credible, now)
      write(storage, catalog, row)
      const from = known.get(alias)?.model ?? null
      if (row.model !== from) turns.push({ alias, from, to: row.model })
    }
    if (gone.length + turns.length === 0) return false
    // What is hidden is not kept: also not what a name stood for, which nobody hid then.
    const shown = turns.filter(({ from }) => from === null || !visibility.isHidden(from))
    const news = rememberAliases(storage, catalog.id, shown, now)
    const complete_from = addToHistory(storage, rows, catalog, news, now, random)
    const { failure } = rows.keeper()
    seal(storage, rows, visibility, { catalog: { ...catalog, complete_from }, failure, now })
    return true
  })
}

function write({ sql }: Storage, { id }: CatalogRow, row: AliasRow): void {
  const values = [id, row.alias, row.model, row.asked_at, row.doubt]
  sql.exec(`INSERT OR REPLACE INTO aliases VALUES (?, ?, ?, ?, ?)`, ...values)
}
