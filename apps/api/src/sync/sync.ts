import { CLOCK_TOLERANCE_MS, newer, readSnapshot, type Snapshot } from '../catalog/snapshot.ts'
import { attempt, ShrunkError, write } from './attempt.ts'
import { type Reason, SyncError } from './reason.ts'
import { afterFailure, readStatus, type SyncStatus, writeStatus } from './status.ts'
import type { Upstream } from './upstream.ts'

/** An unchanged catalogue is written again when it is this old, so that its age stays true. */
const HEARTBEAT_MS = 9 * 60_000

export interface SyncParts {
  readonly kv: KVNamespace
  readonly upstream: Upstream
  readonly extraAliases: readonly string[]
  readonly log: (line: Readonly<Record<string, unknown>>) => void
}

/** What a sync found, and why it is not stored where it is not. */
export interface Synced {
  readonly snapshot?: Snapshot | undefined
  readonly reason?: Reason | undefined
  /** How syncs fail, if they do. */
  readonly status?: SyncStatus | undefined
}

/**
 * Brings the stored snapshot up to date with upstream, or leaves it as it is and notes why. `held` is
 * what the isolate has in memory, which may be newer than its view of KV; `slot` is the time that the
 * sync was meant for.
 */
export async function sync(
  parts: SyncParts,
  held: Snapshot | undefined,
  slot: Date,
): Promise<Synced> {
  const { kv, log } = parts
  const now = new Date()
  const status = await readStatus(kv).catch(() => undefined)
  if (status && Date.parse(status.next_at) > Number(slot)) {
    log({ event: 'sync', outcome: 'skipped', reason: 'backing_off', because: status.reason })
    return { reason: 'backing_off', status }
  }
  const stored = await readSnapshot(kv).catch((error: unknown) => {
    return new SyncError('kv_read_failed', `KV cannot be read: ${String(error)}`)
  })
  const before = newer(stored instanceof SyncError ? undefined : stored, held, now)
  if (isOvertaken(before, now)) {
    return superseded(log, before)
  }
  let snapshot: Snapshot | undefined
  let failure: SyncStatus | undefined
  let written = false
  let message: string | undefined
  try {
    const known = { before, shrunk: status?.shrunk, extraAliases: parts.extraAliases }
    snapshot = await attempt(parts.upstream, known, now)
    // What cannot be read could be newer than what would be written over it.
    if (stored instanceof SyncError) throw stored
    written = isDue(snapshot, before, stored, now)
    if (written) {
      // While this one swept, another may have begun later and ended sooner.
      const latest = await readSnapshot(kv).catch(() => undefined)
      if (newer(snapshot, latest, now) !== snapshot) return superseded(log, latest)
      await write(kv, snapshot)
    }
    if (status) await writeStatus(kv, undefined).catch(() => undefined)
  } catch (error) {
    failure = afterFailure(
      status,
      error,
      slot,
      error instanceof ShrunkError ? error.shrunk : undefined,
    )
    await writeStatus(kv, failure).catch(() => undefined)
    // Upstream's own words stay out of the log: they could repeat what was sent.
    message = error instanceof SyncError ? error.message : undefined
  }
  const reason = failure?.reason
  const shown = snapshot ?? before
  log({
    event: 'sync',
    outcome: reason ? 'failed' : written ? 'written' : 'unchanged',
    reason,
    message,
    failures: failure?.failures,
    models: shown?.models.length,
    changes: shown && shown.changes.length - (before?.changes.length ?? 0),
    age_s: before && Math.round((Number(now) - Date.parse(before.synced_at)) / 1000),
    ms: Date.now() - Number(now),
  })
  return { snapshot, reason, status: failure }
}

function superseded(log: SyncParts['log'], by: Snapshot | undefined): Synced {
  log({ event: 'sync', outcome: 'skipped', reason: 'superseded', by: by?.synced_at })
  return { snapshot: by, reason: 'superseded' }
}

/** An old sync that comes last must not undo a newer one; a time of the far future is a wrong clock's. */
function isOvertaken(before: Snapshot | undefined, now: Date): boolean {
  const lead = before ? Date.parse(before.synced_at) - Number(now) : -1
  return lead >= 0 && lead <= CLOCK_TOLERANCE_MS
}

function isDue(
  snapshot: Snapshot,
  before: Snapshot | undefined,
  stored: Snapshot | undefined,
  now: Date,
): boolean {
  const changed = snapshot.changed_at !== before?.changed_at || snapshot.aliases !== before.aliases
  // A stored time that lies ahead is a wrong clock's.
  return changed || !stored || Math.abs(Number(now) - Date.parse(stored.synced_at)) >= HEARTBEAT_MS
}
