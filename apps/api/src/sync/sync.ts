import { ApiError } from '@models-edge/core'
import { CLOCK_TOLERANCE_MS, newer, type Snapshot } from '../catalog/snapshot.ts'
import { readStored } from '../catalog/stored.ts'
import { attempt, ShrunkError } from './attempt.ts'
import { SyncError } from './reason.ts'
import { afterFailure, isPausing, readStatus, type SyncStatus, writeStatus } from './status.ts'
import { isDue, isSound, store } from './store.ts'
import type { Upstream } from './upstream.ts'

export interface SyncParts {
  readonly kv: KVNamespace
  readonly upstream: Upstream
  readonly extraAliases: readonly string[]
  readonly log: (line: Readonly<Record<string, unknown>>) => void
  /** Told what was found where there was nothing before: it can be served while KV takes its time. */
  readonly onFirst: (found: Snapshot) => void
}

/** What a sync found. */
export interface Synced {
  readonly snapshot?: Snapshot | undefined
  /** How syncs fail, if they do. */
  readonly status?: SyncStatus | undefined
}

/**
 * Brings the stored snapshot up to date with upstream, or leaves it as it is and notes why. `held` is
 * what the isolate has in memory, which may be newer than its view of KV, and `own` is how its last sync
 * failed, if it did; `slot` is the time that the sync was meant for.
 */
export async function sync(
  parts: SyncParts,
  held: Snapshot | undefined,
  slot: Date,
  own?: SyncStatus,
): Promise<Synced> {
  const { kv, upstream, extraAliases, onFirst } = parts
  const now = new Date()
  const [status, stored] = await Promise.all([
    readStatus(kv).catch(() => own),
    readStored(kv).catch(unreadable),
  ])
  const before = newer(stored instanceof SyncError ? undefined : stored.snapshot, held, now)
  const log = (outcome: string, details: object, snapshot = before): void =>
    parts.log({
      event: 'sync',
      outcome,
      ...details,
      models: snapshot?.models.length,
      changes: snapshot && snapshot.changes.length - (before?.changes.length ?? 0),
      age_s: before && Math.round((Number(now) - Date.parse(before.synced_at)) / 1000),
      ms: Date.now() - Number(now),
    })

  if (status && isPausing(status, slot)) {
    log('skipped', { reason: 'backing_off', because: status.reason })
    return { status }
  }
  if (isOvertaken(before, now)) {
    log('skipped', { reason: 'superseded' })
    return { status }
  }
  let snapshot: Snapshot | undefined
  try {
    snapshot = await attempt(upstream, { before, shrunk: status?.shrunk, extraAliases }, now)
    // Whether it may be written is not known yet.
    if (!before) onFirst({ ...snapshot, blind: true })
    // What cannot be read could be newer than what would be written over it.
    if (stored instanceof SyncError) throw stored
    const known = { stored, before }
    const due = isDue(snapshot, known, now)
    const better = due && (await store(kv, snapshot, known, now))
    if (better) {
      log('skipped', { reason: 'superseded' })
      return { snapshot: better }
    }
    if (status ?? own) await writeStatus(kv, undefined).catch(() => undefined)
    log(due ? 'written' : 'unchanged', {}, snapshot)
    return { snapshot }
  } catch (error) {
    const shrunk = error instanceof ShrunkError ? error.shrunk : undefined
    const failure = afterFailure(status, error, slot, shrunk)
    await writeStatus(kv, failure).catch(() => undefined)
    const { failures, reason } = failure
    if (reason === 'kv_read_failed' && snapshot && !isSound(before)) {
      snapshot = { ...snapshot, blind: true }
    }
    log('failed', { reason, message: ownWords(error), failures }, snapshot)
    return { snapshot, status: failure }
  }
}

function unreadable(error: unknown): SyncError {
  return error instanceof SyncError
    ? error
    : new SyncError('kv_read_failed', `KV cannot be read: ${String(error)}`)
}

/** What the log may say of an error: never upstream's words, which could repeat what was sent. */
function ownWords(error: unknown): string | undefined {
  const own = error instanceof ApiError ? !error.headers : error instanceof SyncError
  return own && error instanceof Error ? error.message : undefined
}

/** An old sync that comes last must not undo a newer one; a time of the far future is a wrong clock's. */
function isOvertaken(before: Snapshot | undefined, now: Date): boolean {
  const lead = before ? Date.parse(before.synced_at) - Number(now) : -1
  return lead >= 0 && lead <= CLOCK_TOLERANCE_MS
}
