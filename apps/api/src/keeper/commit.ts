import { storedModel } from '../snapshot/model.ts'
import { type News, newsOf, removalOf, seededNews } from '../snapshot/news.ts'
import { believe, type Known } from './believe.ts'
import { chooseCatalog } from './catalogs.ts'
import { addToHistory } from './history.ts'
import { insertModels } from './inserts.ts'
import { rememberAliases, rememberModels } from './past-names.ts'
import { type CatalogRow, type ModelRow, Rows } from './rows.ts'
import { seal, type Visibility } from './seal.ts'
import { noteSeen } from './seen.ts'
import type { Storage } from './storage.ts'
import type { Swept } from './sweep.ts'

export interface Moment {
  /** When upstream was asked. */
  readonly began: number
  readonly now: number
  readonly random: () => number
}

/** What became of a sweep. */
export interface Committed {
  /** How many events it added to the history. */
  readonly changes: number
  /** Of how many models the next sync has to say whether it is so. */
  readonly doubted: number
}

/**
 * Compares what upstream lists with what is known, and writes what differs: whole, or not at all. What is
 * hidden is not kept, so that it can leave no trace; hidden no more, it is new.
 */
export function commitList(
  storage: Storage,
  visibility: Visibility,
  { source, models, mark }: Swept,
  { began, now, random }: Moment,
): Committed {
  const rows = new Rows(storage)
  const isPublic = ({ id }: Known): boolean => !visibility.isHidden(id)
  const swept = models.filter(isPublic)
  return storage.transactionSync(() => {
    const choice = chooseCatalog(storage, rows, visibility, { source, models: swept }, now)
    if (choice.kind === 'doubted') return { changes: 0, doubted: swept.length }
    const { catalog, kind } = choice
    const stored = rows.models(catalog.id)
    const known = stored.filter(isPublic)
    const belief = believe(known, catalog.doubts, swept)
    const news =
      kind === 'begun'
        ? seededNews(swept, now)
        : newsSince(known, belief.models, new Date(now).toISOString())
    const ended = noteGone(storage, rows, visibility, catalog.id, {
      known,
      models: belief.models,
      now,
    })
    const happened = [...ended, ...news]
    const complete_from = addToHistory(storage, rows, catalog, happened, now, random)
    askForAliasesOf(storage, catalog, news)
    const isWritten = writeModels(storage, catalog, stored, belief.models)
    const isAgreed = belief.contradicted.length === 0
    seal(storage, rows, visibility, {
      catalog: {
        ...catalog,
        // The public saw another catalog until now, whatever this one was like.
        ...(kind === 'resumed' && { tag: '' }),
        complete_from,
        doubts: belief.doubts,
        ...(isAgreed && { synced_at: began }),
      },
      isSame: kind === 'served' && !isWritten,
      failure: null,
      now,
    })
    // With what was read, or not at all: a mark that outlives a doubt would hide what came with it.
    noteSeen(storage, isAgreed ? mark : '', began)
    return { changes: happened.length, doubted: belief.contradicted.length }
  })
}

function newsSince(known: readonly Known[], models: readonly Known[], at: string): readonly News[] {
  const before = new Map(known.map(({ id, json }) => [id, json]))
  const kept = new Set(models.map(({ id }) => id))
  return [
    ...models
      .filter(({ id, json }) => before.get(id) !== json)
      .flatMap(({ id, json }) => newsOf(before.get(id), storedModel(json), at)),
    ...known.filter(({ id }) => !kept.has(id)).map(({ json }) => removalOf(json, at)),
  ]
}

/** The names of a model end with it, most often: they are asked for at once, and not when it is their turn. */
function askForAliasesOf({ sql }: Storage, { id }: CatalogRow, news: readonly News[]): void {
  const retired = news.flatMap(({ change, model_id }) => (change === 'retired' ? model_id : []))
  if (retired.length === 0) return
  sql.exec(
    `UPDATE aliases SET asked_at = 0
     WHERE catalog = ? AND model IN (SELECT value FROM json_each(?))`,
    id,
    JSON.stringify(retired),
  )
}

interface Lists {
  readonly known: readonly Known[]
  readonly models: readonly Known[]
  readonly now: number
}

/** Models that are listed no longer are remembered, and their names end with them, in this very moment. */
function noteGone(
  storage: Storage,
  rows: Rows,
  { isHidden }: Visibility,
  catalog: number,
  { known, models, now }: Lists,
): readonly News[] {
  const before = new Set(known.map(({ id }) => id))
  const after = new Set(models.map(({ id }) => id))
  const gone = known.filter(({ id }) => !after.has(id))
  const back = models.filter(({ id }) => !before.has(id)).map(({ id }) => id)
  rememberModels(storage, catalog, gone, back, now)
  if (gone.length === 0) return []
  const idsOfGone = new Set<string | null>(gone.map(({ id }) => id))
  const ended = rows
    .aliases(catalog)
    .filter(({ alias, model }) => idsOfGone.has(model) && !after.has(alias))
  storage.sql.exec(
    `UPDATE aliases SET model = NULL, doubt = NULL, asked_at = 0
     WHERE catalog = ? AND alias IN (SELECT value FROM json_each(?))`,
    catalog,
    JSON.stringify(ended.map(({ alias }) => alias)),
  )
  const turns = ended
    .filter(({ alias }) => !isHidden(alias))
    .map(({ alias, model }) => ({ alias, from: model, to: null }))
  return rememberAliases(storage, catalog, turns, now)
}

/** Gives whether anything was written. */
function writeModels(
  { sql }: Storage,
  { id: catalog }: CatalogRow,
  stored: readonly ModelRow[],
  models: readonly Known[],
): boolean {
  const rows = new Map(stored.map((row) => [row.id, row]))
  const kept = new Set(models.map(({ id }) => id))
  const differing = [...models.entries()].filter(([place, { id, json }]) => {
    const row = rows.get(id)
    return row?.json !== json || row.place !== place
  })
  const gone = stored.filter(({ id }) => !kept.has(id))
  insertModels(sql, catalog, differing)
  for (const { id } of gone) {
    sql.exec(`DELETE FROM models WHERE catalog = ? AND id = ?`, catalog, id)
  }
  return differing.length + gone.length > 0
}
