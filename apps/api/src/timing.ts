/*
 * Every lifetime and limit of the service, and what they come to. Who tells a sum (README, contract, test)
 * takes it from here.
 */

const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE

/** How often the cron knocks; wrangler.jsonc says the same. Upstream is swept once in it at the most. */
export const CRON_MS = MINUTE

/** A sync's sweep and its questions about aliases, together. */
export const SYNC_LIMIT_MS = 20 * SECOND

/** How long a `put` is waited for. */
export const PUT_LIMIT_MS = 10 * SECOND

/** What has not changed is published again when it is this old, so that its age stays true. */
export const PUBLISH_MS = 5 * MINUTE

/** The least that KV caches a value where it was read. */
export const KV_CACHE_SECONDS = 30

/** How old memory may get before KV is asked behind an answer. The jitter parts the isolates of a place. */
export const RELOAD_MS = 25 * SECOND
export const JITTER_MS = 10 * SECOND

/** Memory older than this is only served when KV does not answer: soon, and if it is old, after a while. */
export const MEMORY_MS = 45 * SECOND
export const OLD_MS = 60 * SECOND

/** How long a request waits for KV where there is something to serve, or the Keeper to ask. */
export const KV_GRACE_MS = 500

/** How long a reload waits for KV: it can be slow without being down. */
export const KV_PATIENCE_MS = 8 * SECOND

/** How long a request waits where there is nothing to serve, or only what is old. */
export const PATIENCE_MS = 4.5 * SECOND

/** How long the Keeper is waited for behind a request: a first sync takes its time. */
export const KEEPER_PATIENCE_MS = 25 * SECOND

/** A load can die with the request that began it: after this, another one may begin. */
export const LOAD_LIMIT_MS = 10 * SECOND

/** While there is nothing to serve, KV and the Keeper are asked this often, and ever more rarely. */
export function emptyPauseMs(tries: number): number {
  return Math.min(5 * SECOND * 2 ** Math.min(tries - 1, 10), MINUTE)
}

/** Older than this is `stale`: two publications in a row were lost. */
export const STALE_MS = 3 * PUBLISH_MS

/** Nothing was written to KV for so long: the cron is dead, or KV. Then an isolate knocks, so often. */
export const SILENCE_MS = 30 * MINUTE
export const KNOCK_MS = 15 * MINUTE

/** What passes by itself is met with ever more patience, up to this. */
export const MAX_BACKOFF_MS = 15 * MINUTE

/** An upstream that asks for more patience gets it, up to this. */
export const MAX_RETRY_AFTER_MS = 60 * MINUTE

/** How many aliases a sync asks for at the most: all at once, since a Worker has six connections. */
export const ALIASES_A_SYNC = 5

/** An alias can be pointed elsewhere, so an old finding is asked for again. */
export const ALIAS_MS = 60 * MINUTE

/** A clock that is ahead by more than this when it wrote is not believed. */
export const CLOCK_TOLERANCE_MS = 5 * MINUTE

/** Puts of a day beside the steady ones: for what changed, and for what has to be repeated. */
export const EXTRA_PUTS = 192

/** How long caches in front of the Worker keep an answer, and show it while they renew it. */
export const MAX_AGE_SECONDS = 60
export const REVALIDATE_SECONDS = 600

/** A write to KV is seen everywhere after this. KV promises nothing; it is what it needs, as a rule. */
const KV_SPREAD_MS = 60 * SECOND

/** So long after its work, the platform may keep an object awake. */
const SLEEP_MS = 10 * SECOND

/** From upstream to every reader, with a healthy upstream: each place where a change can wait, at its worst. */
export const staleness = sumOf({
  'until the cron knocks': CRON_MS,
  'until the next sync agrees (what replaces something must be seen twice)': CRON_MS,
  'while the sync reads upstream': SYNC_LIMIT_MS,
  'until KV has taken it': PUT_LIMIT_MS,
  'until KV shows it everywhere': KV_SPREAD_MS,
  "in KV's cache, of the value before": KV_CACHE_SECONDS * SECOND,
  'in the memory of an isolate': OLD_MS,
  'in a cache in front of it': MAX_AGE_SECONDS * SECOND,
})

/** What a day of one deployment costs at the most, but for what the public asks. */
export const dayOfKeeper = {
  knocks: DAY / CRON_MS,
  /** Of an isolate to which KV shows nothing new all day: a knock and a copy. */
  callsOfIsolate: (2 * DAY) / KNOCK_MS,
  /** Of an isolate that is asked all day. */
  readsOfIsolate: DAY / RELOAD_MS,
  puts: DAY / PUBLISH_MS + EXTRA_PUTS,
  /** Four for each sync, three more if it asked for aliases, one for each; two for each put; what differs. */
  rows: (DAY / CRON_MS) * (4 + 3 + ALIASES_A_SYNC) + 2 * (DAY / PUBLISH_MS + EXTRA_PUTS),
  /** 128 MB for as long as it works, and until it sleeps: each sync and each put as slow as it may be. */
  gigabyteSeconds:
    (0.128 *
      ((DAY / CRON_MS) * (SYNC_LIMIT_MS + SLEEP_MS) +
        (DAY / PUBLISH_MS + EXTRA_PUTS) * PUT_LIMIT_MS)) /
    SECOND,
} as const

/** Half of what the free plan gives a day: a staging copy has the other half. */
export const halfOfFreePlan = {
  requests: 50_000,
  rows: 50_000,
  puts: 500,
  gigabyteSeconds: 6_500,
} as const

/** A knock comes a little early or late. */
export const SLACK_MS = CRON_MS / 4

/** The number of the period that a time lies in. Periods begin a little early. */
export function turnOf(periodMs: number, now: number): number {
  return Math.floor((now + SLACK_MS) / periodMs)
}

/** Whether so little time lies between the two, and not more, as when a clock was put right in between. */
export function isWithin(ms: number, then: number, now: number): boolean {
  return Math.abs(now - then) < ms
}

/** Whether a time that somebody wrote down can be: it does not lie ahead, but for clocks that differ. */
export function isBelievable(then: number, now: number): boolean {
  return then <= now + CLOCK_TOLERANCE_MS
}

function sumOf(terms: Readonly<Record<string, number>>): {
  readonly terms: Readonly<Record<string, number>>
  readonly totalMs: number
} {
  return { terms, totalMs: Object.values(terms).reduce((sum, ms) => sum + ms, 0) }
}
