import {
  CRON_MS,
  MAX_BACKOFF_MS,
  MAX_RETRY_AFTER_MS,
  PUBLISH_MS,
  PUT_LIMIT_MS,
  SYNC_LIMIT_MS,
} from '@models-edge/api/timing'

const SECOND = 1000
const MINUTE = 60 * SECOND

/** A put whose end is not known lands after this at the latest, if at all. */
export const LATEST_PUT_MS = 5 * MINUTE

/**
 * How long after its end a fault of that length may still hold up what is new: until what it broke is
 * tried again. Patience has grown with the fault, at most to what it has waited already, and once more.
 */
export const heals = {
  /** A place asks KV anew, whose cache has forgotten. */
  reader: () => 90 * SECOND,
  /** Two syncs in a row that agree: what the fault said is contradicted. */
  sync: () => 2 * CRON_MS + SYNC_LIMIT_MS,
  /** A put that failed is repeated. */
  put: (length: number) => Math.min(PUBLISH_MS, 2 * length) + CRON_MS + PUT_LIMIT_MS,
  /** The Keeper knows of nothing wrong: its next steady publication puts it right. */
  publication: () => PUBLISH_MS + CRON_MS + PUT_LIMIT_MS,
  /** A put may land so late, over a later one. */
  latePut: () => LATEST_PUT_MS + PUBLISH_MS + CRON_MS + PUT_LIMIT_MS,
  /** Upstream is asked again. */
  upstream: (length: number) => Math.min(MAX_BACKOFF_MS, 2 * length) + 3 * CRON_MS,
  /** It has asked for patience, perhaps. */
  asked: () => MAX_RETRY_AFTER_MS + 3 * CRON_MS,
} as const satisfies Readonly<Record<string, (lengthMs: number) => number>>
