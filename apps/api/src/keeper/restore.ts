import type { Change } from '@models-edge/core'
import { decode, SNAPSHOT_KEY } from '../snapshot/coding.ts'
import { positionOf } from '../snapshot/cursor.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import type { Kv } from '../platform/bindings.ts'
import type { Platform } from '../platform/platform.ts'
import { withinTime } from '../platform/within-time.ts'
import { KV_PATIENCE_MS, PUT_LIMIT_MS } from '../timing.ts'
import { noDoubts } from './believe.ts'
import { type ChangeRow, insertAliases, insertChanges, insertModels } from './inserts.ts'
import { type CatalogRow, Rows } from './rows.ts'
import { seal, type Visibility } from './seal.ts'
import type { Storage } from './storage.ts'

/** What a Keeper whose tables are empty has to go on from. */
export type Origin = { readonly kind: 'nothing' | 'tables' } | Unknown

/** KV may hold a history that must not be written over. */
export interface Unknown {
  readonly kind: 'unknown'
  readonly reason: 'kv_later_format' | 'kv_read_failed'
}

interface Parts {
  readonly storage: Storage
  readonly kv: Kv
  readonly visibility: Visibility
  readonly platform: Platform
}

/** Where a value goes that lay in KV and was no snapshot: somebody may know what it is. */
const UNREADABLE_KEY = `${SNAPSHOT_KEY}:unreadable`

/** Fills empty tables with what KV holds. That KV holds nothing is believed with the list of its keys only. */
export async function findOrigin(parts: Parts): Promise<Origin> {
  const { kv, platform, storage } = parts
  if (new Rows(storage).keeper().catalog !== null) return { kind: 'tables' }
  const unknown: Origin = { kind: 'unknown', reason: 'kv_read_failed' }
  try {
    const text = await withinTime(platform, KV_PATIENCE_MS, kv.get(SNAPSHOT_KEY))
    if (text === null) {
      const keysOfKv = kv.list({ prefix: SNAPSHOT_KEY, limit: 1 })
      const { keys } = await withinTime(platform, KV_PATIENCE_MS, keysOfKv)
      return keys[0]?.name === SNAPSHOT_KEY ? unknown : { kind: 'nothing' }
    }
    const decoded = decode(text)
    if (decoded.kind === 'later') return { kind: 'unknown', reason: 'kv_later_format' }
    if (decoded.kind === 'snapshot') {
      adopt(parts, decoded.snapshot)
      return { kind: 'tables' }
    }
    await withinTime(platform, PUT_LIMIT_MS, kv.put(UNREADABLE_KEY, text))
    return { kind: 'nothing' }
  } catch {
    return unknown
  }
}

/** While upstream fails: what KV holds, if it shows it. Nothing is concluded from what it does not show. */
export async function restoreFromKv(parts: Parts): Promise<void> {
  const { kv, platform, storage } = parts
  if (new Rows(storage).keeper().catalog !== null) return
  try {
    const text = await withinTime(platform, KV_PATIENCE_MS, kv.get(SNAPSHOT_KEY))
    const decoded = decode(text ?? '')
    if (decoded.kind === 'snapshot') adopt(parts, decoded.snapshot)
  } catch {
    // The next sync looks again.
  }
}

function adopt({ platform, storage, visibility }: Parts, snapshot: Snapshot): void {
  const { sql } = storage
  const { aliases, changes, complete_from, failure, models, revision, source } = snapshot
  const changed_at = Date.parse(snapshot.changed_at)
  const catalog: CatalogRow = {
    id: 1,
    ...source,
    synced_at: Date.parse(snapshot.synced_at),
    changed_at,
    complete_from,
    hidden: '',
    tag: '',
    doubts: noDoubts,
  }
  storage.transactionSync(() => {
    const rows = new Rows(storage)
    sql.exec(
      `INSERT INTO catalogs (id, base_url, key, synced_at, changed_at, complete_from, hidden, tag, doubts)
       VALUES (1, ?, ?, 0, 0, 0, '', '', '{}')`,
      source.base_url,
      source.key,
    )
    insertModels(sql, catalog.id, models.entries())
    insertAliases(
      sql,
      catalog.id,
      aliases.map(({ alias, id }) => [alias, id]),
    )
    insertChanges(sql, catalog.id, changes.map(rowOf))
    sql.exec(`UPDATE keeper SET catalog = 1, revision = ?`, revision)
    sql.exec(`DELETE FROM provisional`)
    seal(storage, rows, visibility, { catalog, failure, now: platform.now() })
    // The first seal has nothing to compare with: what KV shows changed when KV says so.
    sql.exec(`UPDATE catalogs SET changed_at = ?`, changed_at)
    sql.exec(
      `UPDATE publication SET tag = (SELECT tag FROM catalogs), failing = ?, put_at = ?`,
      failure?.reason ?? '',
      Date.parse(snapshot.written_at),
    )
  })
}

function rowOf(change: Change): ChangeRow {
  return [positionOf(change.id) ?? 0, change.change, change.model_id, JSON.stringify(change)]
}
