import { ALIAS_MS } from '../timing.ts'
import type { Rows } from './rows.ts'
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

/** Notes that upstream says the same again. */
export function commitSame(
  storage: Storage,
  { began, now }: { readonly began: number; readonly now: number },
): void {
  const { sql } = storage
  storage.transactionSync(() => {
    sql.exec(`UPDATE catalogs SET synced_at = ? WHERE id = (SELECT catalog FROM keeper)`, began)
    sql.exec(`UPDATE seen SET synced_at = ?`, began)
    sealKeeper(sql, null, now)
  })
}

/** Notes what a list was like that has been read; an empty mark where the next one is to be read, too. */
export function noteSeen({ sql }: Storage, mark: string, began: number): void {
  sql.exec(
    `INSERT OR REPLACE INTO seen SELECT 1, ?, ?, COUNT(*), 0 FROM models
     WHERE catalog = (SELECT catalog FROM keeper)`,
    mark,
    began,
  )
}

/** Whether some alias may be due. A clock that was put back has waited long enough. */
export function mayAskAliases(rows: Rows, now: number): boolean {
  // Stryker disable next-line OptionalChaining: a list that is kept has been noted
  const at = rows.seen()?.aliases_at ?? 0
  return at <= now || at > now + ALIAS_MS
}

export function noteAliases({ sql }: Storage, nextAt: number): void {
  sql.exec(`UPDATE seen SET aliases_at = ?`, nextAt)
}
