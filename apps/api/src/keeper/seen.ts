import { ALIAS_MS } from '../timing.ts'
import type { CatalogRow, Rows } from './rows.ts'
import { sealKeeper, type Visibility } from './seal.ts'
import type { Storage } from './storage.ts'

/** Raised where later code reads something else out of the same list. */
const READING = 1

/** A name for the bytes of a list and for all that it is read with: with the same mark, nothing is new. */
export function markOf(
  digest: string,
  source: object,
  { hidden }: Visibility,
  extraAliases: readonly string[],
): string {
  return JSON.stringify([READING, digest, source, hidden, extraAliases])
}

/**
 * The catalog that is served, if the last list that agreed with it had this mark. Earlier code writes
 * `synced_at` and no mark: what it has seen meanwhile makes the mark worth nothing.
 */
export function agreedOn(mark: string, rows: Rows, { hidden }: Visibility): CatalogRow | undefined {
  const seen = rows.seen()
  if (seen?.mark !== mark || rows.keeper().candidate !== null) return undefined
  const catalog = rows.current()
  if (catalog?.synced_at !== seen.synced_at || catalog.hidden !== hidden) return undefined
  const { models, order } = catalog.doubts
  return order === '' && Object.keys(models).length === 0 ? catalog : undefined
}

/** Notes that upstream says the same again. */
export function commitSame(
  storage: Storage,
  { id }: CatalogRow,
  { began, now }: { readonly began: number; readonly now: number },
): void {
  const { sql } = storage
  storage.transactionSync(() => {
    sql.exec(`UPDATE catalogs SET synced_at = ? WHERE id = ?`, began, id)
    sql.exec(`UPDATE seen SET synced_at = ?`, began)
    sealKeeper(sql, null, now)
  })
}

/** Notes what a list was like that has been read; an empty mark where the next one is to be read, too. */
export function noteSeen({ sql }: Storage, mark: string, began: number): void {
  sql.exec(`INSERT OR REPLACE INTO seen VALUES (1, ?, ?, 0)`, mark, began)
}

/** Whether some alias may be due. A clock that was put back has waited long enough. */
export function mayAskAliases(rows: Rows, now: number): boolean {
  const at = rows.seen()?.aliases_at ?? 0
  return at <= now || at > now + ALIAS_MS
}

export function noteAliases({ sql }: Storage, nextAt: number): void {
  sql.exec(`UPDATE seen SET aliases_at = ?`, nextAt)
}
