import { newer, type Snapshot } from '../catalog/snapshot.ts'
import {
  readStored,
  setAside,
  SNAPSHOT_KEY,
  type Stored,
  writeSnapshot,
} from '../catalog/stored.ts'
import { KV_PATIENCE_MS, HEARTBEAT_MS } from '../freshness.ts'
import { withinTime } from '../time-limit.ts'
import { SyncError } from './reason.ts'

/** What a sync knew when it began. */
interface Known {
  /** What KV showed. */
  readonly stored: Stored
  /** The best of that and of memory. */
  readonly before: Snapshot | undefined
}

/** Whether it can be compared with: it is there, and was not made blind. */
export function isSound(before: Snapshot | undefined): before is Snapshot {
  return before !== undefined && !before.blind
}

/** Whether KV has to be written. */
export function isDue(snapshot: Snapshot, { stored, before }: Known, now: Date): boolean {
  const changed = snapshot.changed_at !== before?.changed_at || snapshot.aliases !== before.aliases
  const last = stored.snapshot
  // A stored time that lies ahead is a wrong clock's.
  return changed || !last || Math.abs(Number(now) - Date.parse(last.synced_at)) >= HEARTBEAT_MS
}

/** Writes the snapshot, unless there is a better one by now: that one, then. */
export async function store(
  kv: KVNamespace,
  snapshot: Snapshot,
  { stored, before }: Known,
  now: Date,
): Promise<Snapshot | undefined> {
  // While this one swept, another may have begun later and ended sooner. And what was compared with
  // nothing only takes the place of nothing, or of what nobody can read.
  const latest = await readStored(kv).catch(() => stored)
  const { snapshot: other, text } = latest
  if (other && (!isSound(before) || newer(snapshot, other, now) !== snapshot)) return other
  if (text === null && !isSound(before)) await refuseUnseen(kv)
  if (text !== null && !other) await setAside(kv, text)
  await writeSnapshot(kv, snapshot)
  return undefined
}

/** That there is nothing is cached, too, and can be old news; the list of keys is not. */
async function refuseUnseen(kv: KVNamespace): Promise<void> {
  const listing = kv.list({ prefix: SNAPSHOT_KEY, limit: 1 })
  const list = await withinTime(KV_PATIENCE_MS, listing).catch(() => undefined)
  if (list?.keys[0]?.name !== SNAPSHOT_KEY) return
  throw new SyncError('kv_read_failed', 'KV does not show the snapshot that it holds')
}
