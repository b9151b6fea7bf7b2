import { batches } from './batches.ts'
import type { Storage } from './storage.ts'

/* Many rows by one statement: each statement costs more than its rows. */

type Sql = Storage['sql']

export function insertModels(
  sql: Sql,
  catalog: number,
  models: Iterable<readonly [place: number, { readonly id: string; readonly json: string }]>,
): void {
  const rows = Array.from(models, ([place, { id, json }]) => [id, place, json])
  for (const batch of batches(rows)) {
    sql.exec(
      `INSERT OR REPLACE INTO models
       SELECT ?, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?)`,
      catalog,
      batch,
    )
  }
}

/** Their place in the history, their kind, their model and their text. */
export type ChangeRow = readonly [place: number, kind: string, model_id: string, json: string]

export function insertChanges(sql: Sql, catalog: number, changes: Iterable<ChangeRow>): void {
  for (const batch of batches(changes)) {
    sql.exec(
      `INSERT INTO changes
       SELECT ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)`,
      catalog,
      batch,
    )
  }
}

/** As if they had never been asked for. */
export function insertAliases(
  sql: Sql,
  catalog: number,
  aliases: Iterable<readonly [alias: string, model: string]>,
): void {
  for (const batch of batches(aliases)) {
    sql.exec(
      `INSERT INTO aliases SELECT ?, value ->> 0, value ->> 1, 0, NULL FROM json_each(?)`,
      catalog,
      batch,
    )
  }
}
