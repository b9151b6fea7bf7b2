import {
  type ContentTexts,
  encodeContent,
  namesPastNames,
  tagOfContent,
} from '../snapshot/coding.ts'
import type { SyncFailure } from '../snapshot/snapshot.ts'
import { contentOf, pastNamesOf } from './content.ts'
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
  /** Whether what the tables hold is known to be what they held before. */
  readonly isSame?: boolean
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
  const tag =
    isSame && hidden === catalog.hidden
      ? catalog.tag
      : tagOfWhole(contentOf(rows, catalog, isHidden))
  const changed_at = tag === catalog.tag ? catalog.changed_at : nextChange(rows, now)
  const { complete_from, doubts, id, synced_at } = catalog
  const values = [synced_at, changed_at, complete_from, hidden, tag, JSON.stringify(doubts), id]
  sql.exec(
    `UPDATE catalogs SET synced_at = ?, changed_at = ?, complete_from = ?, hidden = ?, tag = ?,
     doubts = ? WHERE id = ?`,
    ...values,
  )
  sealKeeper(sql, failure, now)
}

function tagOfWhole(content: ContentTexts): string {
  notTooLarge(encodeContent(content))
  return tagOfContent(content)
}

/** The text itself, unless it is too large to be kept. */
export function notTooLarge(text: string): string {
  if (new TextEncoder().encode(text).byteLength <= MAX_BYTES) return text
  throw new SyncError('too_large', `What is served would have more than ${MAX_BYTES} bytes`)
}

/**
 * A deployment that hides other models changes what the public sees, whatever upstream does. So does one
 * that knows past names, after one that did not and has named the content without them.
 */
export function sealVisibility(storage: Storage, visibility: Visibility, now: number): void {
  const rows = new Rows(storage)
  const catalog = rows.current()
  if (!catalog) return
  const isSame = catalog.hidden === visibility.hidden
  const isNamed =
    namesPastNames(catalog.tag) || pastNamesOf(rows, catalog.id, visibility.isHidden).length === 0
  if (isSame && isNamed) return
  const { failure } = rows.keeper()
  storage.transactionSync(() => seal(storage, rows, visibility, { catalog, failure, now }))
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
function nextChange(rows: Rows, now: number): number {
  return Math.max(now, Math.floor(rows.lastChange() / 1000) * 1000 + 1000)
}
