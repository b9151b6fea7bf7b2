import type { ModelInfo } from '@models-edge/core'
import type { Change } from '../sync/changes.ts'

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
  /**
   * Made while KV held one that could not be seen: with a history that began anew, and a length that was
   * compared with nothing. Better to serve than nothing; never written.
   */
  readonly blind?: true
}

/** So far back, in milliseconds, that what is put there is older than all that is not. */
const BEFORE_ALL_TIMES = 1e15

/** A clock that was ahead by more than this when it wrote is not believed. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000

/** The one that was synced later; one of the far future counts as the older, and so does a blind one. */
export function newer(
  one: Snapshot | undefined,
  other: Snapshot | undefined,
  now: Date,
): Snapshot | undefined {
  return time(other) > time(one) ? other : one

  function time(snapshot: Snapshot | undefined): number {
    const at = snapshot ? Date.parse(snapshot.synced_at) : -Infinity
    if (snapshot?.blind) return at - BEFORE_ALL_TIMES
    return at > Number(now) + CLOCK_TOLERANCE_MS ? 0 : at
  }
}

/** The snapshot as a value of KV. */
export function encodeSnapshot(snapshot: Snapshot): string {
  return JSON.stringify({ ...snapshot, models: snapshot.models.map(({ json }) => json) })
}

/** The snapshot in a value of KV; undefined where the value is no whole snapshot. */
export function decodeSnapshot(text: string): Snapshot | undefined {
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
