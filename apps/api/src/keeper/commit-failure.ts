import type { SyncFailure } from '../snapshot/snapshot.ts'
import { noDoubts } from './believe.ts'
import { afterFailure } from './failure.ts'
import { Rows } from './rows.ts'
import { sealKeeper } from './seal.ts'
import type { Storage } from './storage.ts'

/** Notes how syncs fail. What was doubted before it is doubted anew: two answers in a row must be in a row. */
export function commitFailure(
  storage: Storage,
  error: unknown,
  now: number,
  began = now,
): SyncFailure {
  const rows = new Rows(storage)
  const { sql } = storage
  return storage.transactionSync(() => {
    const { candidate, failure: before } = rows.keeper()
    const failure = afterFailure(before, error, now, began)
    const none = JSON.stringify(noDoubts)
    sql.exec(`UPDATE catalogs SET doubts = ? WHERE doubts <> ?`, none, none)
    if (candidate !== null) sql.exec(`UPDATE keeper SET candidate = NULL`)
    sealKeeper(sql, failure, now)
    return failure
  })
}
