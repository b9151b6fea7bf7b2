import { positionOfTime } from '../snapshot/cursor.ts'
import type { StoredModel } from '../snapshot/model.ts'
import type { Source } from '../snapshot/snapshot.ts'
import { tagOf } from '../snapshot/tag.ts'
import { noDoubts } from './believe.ts'
import type { CatalogRow, ModelRow, Rows } from './rows.ts'
import { sealKeeper, type Visibility } from './seal.ts'
import type { Storage } from './storage.ts'
import type { Swept } from './sweep.ts'

/** The catalog that a sweep belongs to: the one that is served, an earlier one, or one that begins with it. */
export type Choice =
  | { readonly kind: 'begun' | 'resumed' | 'served'; readonly catalog: CatalogRow }
  /** It would be another one than is served, and was so for the first time. */
  | { readonly kind: 'doubted' }

/**
 * Another address is another catalog, which keeps a history of its own. So is another key, unless it sees
 * what the key before it saw: then somebody has replaced the key.
 */
export function chooseCatalog(
  storage: Storage,
  rows: Rows,
  { isHidden }: Visibility,
  { source, models: swept }: Pick<Swept, 'models' | 'source'>,
  now: number,
): Choice {
  const { sql } = storage
  const { candidate } = rows.keeper()
  const current = rows.current()
  const isServed =
    current?.base_url === source.base_url &&
    (current.key === source.key ||
      seesTheSame(
        rows.models(current.id).filter(({ id }) => !isHidden(id)),
        swept,
      ))
  if (current && isServed) {
    if (candidate !== null) sql.exec(`UPDATE keeper SET candidate = NULL`)
    if (current.key !== source.key) {
      sql.exec(`UPDATE catalogs SET key = ? WHERE id = ?`, source.key, current.id)
    }
    return { kind: 'served', catalog: { ...current, key: source.key } }
  }
  const seen = tagOf(JSON.stringify([source, swept.map(({ id }) => id).toSorted()]))
  if (current && candidate !== seen) {
    sql.exec(`UPDATE keeper SET candidate = ?`, seen)
    sealKeeper(sql, null, now)
    return { kind: 'doubted' }
  }
  // Cursors of another catalog lie before this, and whoever has one is told so.
  const complete_from = Math.max(positionOfTime(now), rows.lastPosition())
  const earlier = rows.catalogOf(source.base_url, source.key)
  const catalog = earlier ?? begin(storage, rows, source, now)
  sql.exec(`UPDATE keeper SET catalog = ?, candidate = NULL`, catalog.id)
  sql.exec(`DELETE FROM provisional`)
  return { kind: earlier ? 'resumed' : 'begun', catalog: { ...catalog, complete_from } }
}

function begin({ sql }: Storage, rows: Rows, source: Source, now: number): CatalogRow {
  const { base_url, key } = source
  const values = [base_url, key, now, now, 0, JSON.stringify(noDoubts)]
  sql.exec(
    `INSERT INTO catalogs (base_url, key, synced_at, changed_at, complete_from, hidden, tag, doubts)
     VALUES (?, ?, ?, ?, ?, '', '', ?)`,
    ...values,
  )
  const catalog = rows.catalogOf(base_url, key)
  if (!catalog) throw new Error('the catalog has just been begun')
  return catalog
}

function seesTheSame(known: readonly ModelRow[], swept: readonly StoredModel[]): boolean {
  const seen = new Set(swept.map((model) => model.id))
  return known.filter((model) => seen.has(model.id)).length * 2 >= known.length
}
