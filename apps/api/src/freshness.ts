/*
 * What the age of an answer is made of, in the order that a new model passes through it. The sum is
 * promised to be less than nine minutes; `max-age` in the cache policy is its last term.
 */

/** How often the cron ticks; wrangler.jsonc says the same. */
export const PERIOD_MS = 5 * 60_000

/** An unchanged catalogue is written again when it is this old, so that its age stays true. */
export const HEARTBEAT_MS = 9 * 60_000

/** How long a sync may take. A request's `waitUntil` has 30 seconds, and the writing needs some of them. */
export const SYNC_LIMIT_MS = 25_000

/** The least that KV caches a value where it was read. */
export const KV_CACHE_SECONDS = 30

/** How long KV is waited for: it can be slow without being down. */
export const KV_PATIENCE_MS = 8_000

/** How old memory may get. KV's own cache lives as long: asking it more often would tell nothing. */
export const RELOAD_MS = 30_000

/** So that the isolates of one place do not ask KV all at once. */
export const JITTER_MS = 15_000

/** Memory older than this is only served when KV does not answer. */
export const MEMORY_MS = 60_000

/** Whether so little time lies between the two, and not more, as when a clock was put right in between. */
export function isWithin(ms: number, then: number, now: number): boolean {
  return Math.abs(now - then) < ms
}
