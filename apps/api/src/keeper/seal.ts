import type { SyncFailure } from '../snapshot/snapshot.ts'
import { tagOf } from '../snapshot/tag.ts'
import { contentOf } from './content.ts'
import { SyncError } from './failure.ts'
import { type CatalogRow, Rows } from './rows.ts'
import type { Storage } from './storage.ts'

/** What is hidden, as the configuration says it and as a rule. */
export interface Visibility {
  readonly hidden: string
  readonly isHidden: (name: string) => boolean
}

/** A row of a table holds 2 MB, and so does what a Worker should have to read. */
const MAX_BYTES = 2_000_000

interface Sealing {
  readonly catalog: CatalogRow
  /** Whether what the tables hold is what they held before. */
  readonly isSame: boolean
  readonly failure: SyncFailure | null
  readonly now: number
}

/** Ends a transaction: the new revision, and whether the public sees something else than before it. */
export function seal(
  { sql }: Storage,
  rows: Rows,
  { hidden, isHidden }: Visibility,
  { catalog, isSame, failure, now }: Sealing,
): void {
  const content =
    isSame && hidden === catalog.hidden ? undefined : contentOf(rows, catalog, isHidden)
  if (content !== undefined) refuseTooLarge(content)
  const tag = content === undefined ? catalog.tag : tagOf(content)
  const changed_at = tag === catalog.tag ? catalog.changed_at : nextChange(sql, now)
  const { complete_from, doubts, id, synced_at } = catalog
  const values = [synced_at, changed_at, complete_from, hidden, tag, JSON.stringify(doubts), id]
  sql.exec(
    `UPDATE catalogs SET synced_at = ?, changed_at = ?, complete_from = ?, hidden = ?, tag = ?,
     doubts = ? WHERE id = ?`,
    ...values,
  )
  sealKeeper(sql, failure, now)
}

export function refuseTooLarge(text: string): void {
  if (new TextEncoder().encode(text).byteLength <= MAX_BYTES) return
  throw new SyncError('too_large', `What is served would have more than ${MAX_BYTES} bytes`)
}

/** A deployment that hides other models changes what the public sees, whatever upstream does. */
export function sealVisibility(storage: Storage, visibility: Visibility, now: number): void {
  const rows = new Rows(storage)
  const catalog = rows.current()
  if (!catalog || catalog.hidden === visibility.hidden) return
  const { failure } = rows.keeper()
  storage.transactionSync(() =>
    seal(storage, rows, visibility, { catalog, isSame: true, failure, now }),
  )
}

/** A revision is higher than every one before it, also of a Keeper that lost its storage. */
export function sealKeeper(sql: Storage['sql'], failure: SyncFailure | null, now: number): void {
  sql.exec(
    `UPDATE keeper SET revision = MAX(revision + 1, ?), failure = ?`,
    now,
    failure && JSON.stringify(failure),
  )
}

/** HTTP's dates have whole seconds: two contents of one second would be taken for one. */
function nextChange(sql: Storage['sql'], now: number): number {
  const [row] = sql.exec(`SELECT MAX(changed_at) AS last FROM catalogs WHERE tag <> ''`).toArray()
  const last = row?.['last']
  return typeof last === 'number' ? Math.max(now, Math.floor(last / 1000) * 1000 + 1000) : now
}
