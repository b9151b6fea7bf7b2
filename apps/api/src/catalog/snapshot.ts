import type { ModelInfo } from '@models-edge/core'
import { KV_CACHE_SECONDS, KV_PATIENCE_MS } from '../freshness.ts'
import type { Change } from '../sync/changes.ts'
import { SyncError } from '../sync/reason.ts'
import { withinTime } from '../time-limit.ts'

/** Where the snapshot lies in KV. Another format gets another key, so that versions never meet. */
const SNAPSHOT_KEY = 'catalog:v1'

/** A model as it came over the wire, with the few fields that serving looks at. */
export interface StoredModel extends Readonly<
  Pick<ModelInfo, 'id' | 'lifecycle' | 'deprecated_at' | 'retires_at'>
> {
  readonly json: string
}

/** What upstream said of an alias: a model's id, or that there is no such model (null). */
export interface AliasFinding {
  readonly alias: string
  readonly id: string | null
  readonly asked_at: string
}

/** All that the service knows, as of one sync. */
export interface Snapshot {
  /** When the sync began that these models come from. */
  readonly synced_at: string
  /** When they last differed from those of the sync before. */
  readonly changed_at: string
  /** Newest first, as upstream lists them. */
  readonly models: readonly StoredModel[]
  readonly aliases: readonly AliasFinding[]
  /** Newest first. */
  readonly changes: readonly Change[]
}

const MAX_VALUE_BYTES = 25 * 1024 * 1024

/** A clock that was ahead by more than this when it wrote is not believed. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000

export async function readSnapshot(kv: KVNamespace): Promise<Snapshot | undefined> {
  const reading = kv.get(SNAPSHOT_KEY, { cacheTtl: KV_CACHE_SECONDS })
  const text = await withinTime(KV_PATIENCE_MS, reading)
  return text === null ? undefined : decodeSnapshot(text)
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
  try {
    await withinTime(KV_PATIENCE_MS, kv.put(SNAPSHOT_KEY, bytes))
  } catch {
    throw new SyncError('kv_write_failed', 'KV did not take the snapshot')
  }
}

/** The one that was synced later; one of the far future counts as the older. */
export function newer(
  one: Snapshot | undefined,
  other: Snapshot | undefined,
  now: Date,
): Snapshot | undefined {
  return time(other) > time(one) ? other : one

  function time(snapshot: Snapshot | undefined): number {
    const at = snapshot ? Date.parse(snapshot.synced_at) : -Infinity
    return at > Number(now) + CLOCK_TOLERANCE_MS ? 0 : at
  }
}

function encodeSnapshot(snapshot: Snapshot): string {
  return JSON.stringify({ ...snapshot, models: snapshot.models.map(({ json }) => json) })
}

/** The snapshot in a value of KV; undefined where the value is no whole snapshot. */
function decodeSnapshot(text: string): Snapshot | undefined {
  try {
    const { synced_at, changed_at, models, aliases, changes } = JSON.parse(text) as {
      readonly [key in keyof Snapshot]: key extends 'models' ? readonly string[] : Snapshot[key]
    }
    const whole =
      isDate(synced_at) &&
      isDate(changed_at) &&
      models.length > 0 &&
      aliases.every(({ alias }) => typeof alias === 'string') &&
      changes.every(({ id, model_id }) => typeof id === 'string' && typeof model_id === 'string')
    return whole
      ? { synced_at, changed_at, models: models.map(storedModel), aliases, changes }
      : undefined
  } catch {
    return undefined
  }
}

/** Reads the fields that serving looks at; throws where the text is no model. */
export function storedModel(json: string): StoredModel {
  const model = JSON.parse(json) as Partial<ModelInfo> | null
  const { id, lifecycle, deprecated_at, retires_at } = model ?? {}
  if (typeof id !== 'string') throw new TypeError('expected a model with an id')
  return { id, lifecycle, deprecated_at, retires_at, json } as StoredModel
}

function isDate(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value))
}
