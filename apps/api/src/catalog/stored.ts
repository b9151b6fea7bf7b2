import { KV_CACHE_SECONDS, KV_PATIENCE_MS } from '../freshness.ts'
import { SyncError } from '../sync/reason.ts'
import { withinTime } from '../time-limit.ts'
import { decodeSnapshot, encodeSnapshot, type Snapshot } from './snapshot.ts'

/** Where the snapshot lies in KV. Another format gets another key, so that versions never meet. */
export const SNAPSHOT_KEY = 'catalog:v1'

/** Where a value goes that lay there and was no snapshot. */
const UNREADABLE_KEY = `${SNAPSHOT_KEY}:unreadable`

/** What KV shows: a text, and what it is if it is a snapshot. */
export interface Stored {
  readonly text: string | null
  readonly snapshot: Snapshot | undefined
}

const MAX_VALUE_BYTES = 25 * 1024 * 1024

export async function readStored(kv: KVNamespace): Promise<Stored> {
  const reading = kv.get(SNAPSHOT_KEY, { cacheTtl: KV_CACHE_SECONDS })
  const text = await withinTime(KV_PATIENCE_MS, reading)
  return { text, snapshot: text === null ? undefined : decodeSnapshot(text) }
}

/** Writes the snapshot, where KV can hold it. */
export async function writeSnapshot(kv: KVNamespace, snapshot: Snapshot): Promise<void> {
  const bytes = new TextEncoder().encode(encodeSnapshot(snapshot))
  if (bytes.byteLength > MAX_VALUE_BYTES) {
    throw new SyncError(
      'too_large',
      `The snapshot has ${bytes.byteLength} bytes, and KV holds 25 MiB`,
    )
  }
  await put(kv, SNAPSHOT_KEY, bytes)
}

/** Keeps what is no snapshot, before one takes its place: somebody may know what it is. */
export function setAside(kv: KVNamespace, text: string): Promise<void> {
  return put(kv, UNREADABLE_KEY, text)
}

async function put(kv: KVNamespace, key: string, value: Uint8Array | string): Promise<void> {
  try {
    await withinTime(KV_PATIENCE_MS, kv.put(key, value))
  } catch {
    throw new SyncError('kv_write_failed', `KV did not take ${key}`)
  }
}
