import type { ModelInfo } from '@models-edge/core'
import { aliasNews, type News } from '../snapshot/news.ts'
import { insertPastNames, type PastNameValues } from './inserts.ts'
import type { AliasRow } from './rows.ts'
import type { Storage } from './storage.ts'

/** Of each of the two kinds, the newest are kept, so that a list that never rests leaves room for models. */
const MOST = 300
const MOST_CHARACTERS = 200_000

/** Of a model whose text is longer, what is said of its life is remembered, or its id alone. */
const MAX_TEXT = 20_000

/** A model that is listed no longer. */
interface Gone {
  readonly id: string
  readonly json: string
}

/** Remembers the models that are listed no longer, and forgets that those which are listed ever were not. */
export function rememberModels(
  storage: Storage,
  catalog: number,
  gone: readonly Gone[],
  back: readonly string[],
  now: number,
): void {
  const rows = gone.map(({ id, json }): PastNameValues => [id, id, now, withinBounds(id, json)])
  forget(storage, catalog, back)
  remember(storage, catalog, rows)
}

function withinBounds(id: string, json: string): string {
  if (json.length <= MAX_TEXT) return json
  const { display_name, created_at, line, lifecycle, deprecated_at, retires_at, ...more } =
    JSON.parse(json) as ModelInfo
  const { max_input_tokens, max_tokens } = more
  const dates = { created_at, lifecycle, deprecated_at, retires_at }
  const limits = { max_input_tokens, max_tokens }
  const life = JSON.stringify({ type: 'model', id, display_name, line, ...dates, ...limits })
  return life.length <= MAX_TEXT ? life : JSON.stringify({ type: 'model', id })
}

/** What became of a name, if anything did. */
export type Turn = { readonly alias: string } & Readonly<Record<'from' | 'to', AliasRow['model']>>

/**
 * Remembers the aliases that stand for nothing any more, and gives what is new of aliases, for the history.
 * That a name is first heard of is no news: after a first sync, all of them are.
 */
export function rememberAliases(
  storage: Storage,
  catalog: number,
  turns: readonly Turn[],
  now: number,
): readonly News[] {
  const ended = turns.flatMap(({ alias, from, to }): PastNameValues[] =>
    from !== null && to === null ? [[alias, from, now, '']] : [],
  )
  const revived = forget(
    storage,
    catalog,
    turns.flatMap(({ alias, to }) => (to === null ? [] : alias)),
  )
  remember(storage, catalog, ended)
  const at = new Date(now).toISOString()
  return turns
    .filter(({ alias, from }) => from !== null || revived.has(alias))
    .map((turn) => aliasNews(turn, at))
}

/** Gives those that were remembered. */
function forget({ sql }: Storage, catalog: number, names: readonly string[]): ReadonlySet<unknown> {
  if (names.length === 0) return new Set()
  const forgotten = sql.exec(
    `DELETE FROM past_names WHERE catalog = ? AND name IN (SELECT value FROM json_each(?))
     RETURNING name`,
    catalog,
    JSON.stringify(names),
  )
  return new Set(forgotten.toArray().map(({ name }) => name))
}

function remember({ sql }: Storage, catalog: number, rows: readonly PastNameValues[]): void {
  if (rows.length === 0) return
  insertPastNames(sql, catalog, rows)
  for (const is of ['=', '<>']) {
    sql.exec(
      `DELETE FROM past_names WHERE catalog = ? AND name IN (
         SELECT name FROM (
           SELECT name, ROW_NUMBER() OVER newest AS number,
             SUM(LENGTH(name) + LENGTH(model) + LENGTH(json)) OVER newest AS size
           FROM past_names WHERE catalog = ? AND json ${is} ''
           WINDOW newest AS (ORDER BY since DESC, name))
         WHERE number > ${MOST} OR size > ${MOST_CHARACTERS})`,
      catalog,
      catalog,
    )
  }
}
