import { ApiError, retryAfterMs } from '@models-edge/core'
import type { SyncFailure } from '../snapshot/snapshot.ts'
import { CRON_MS, MAX_BACKOFF_MS, MAX_RETRY_AFTER_MS, SLACK_MS } from '../timing.ts'

/** Why a sync kept what was there, in one word for logs, `/health` and the page. */
export type Reason =
  | 'bad_answer'
  | 'bad_list'
  | 'edge_blocked'
  | 'empty'
  | 'forbidden'
  | 'internal'
  | 'misconfigured'
  | 'not_found'
  | 'overloaded'
  | 'rate_limited'
  | 'redirected'
  | 'refused'
  | 'timeout'
  | 'too_large'
  | 'unauthorized'
  | 'unreachable'
  | 'upstream_error'

/** A sync that keeps what was there, for a reason of the service's own. Never an answer to a client. */
export class SyncError extends Error {
  override readonly name = 'SyncError'
  readonly reason: Reason

  constructor(reason: Reason, message: string) {
    super(message)
    this.reason = reason
  }
}

const reasonOfType: ReadonlyMap<string, Reason> = new Map([
  ['answer_broken', 'bad_answer'],
  ['answer_too_large', 'too_large'],
  ['bad_pagination', 'bad_list'],
  ['forbidden', 'edge_blocked'],
  ['timeout_error', 'timeout'],
])

const reasonOfStatus: ReadonlyMap<number | undefined, Reason> = new Map([
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [429, 'rate_limited'],
  [529, 'overloaded'],
])

export function reasonOf(error: unknown): Reason {
  if (error instanceof SyncError) return error.reason
  return error instanceof ApiError ? reasonOfAnswer(error) : 'internal'
}

function reasonOfAnswer({ status, type, headers }: ApiError): Reason {
  const known = reasonOfType.get(type) ?? reasonOfStatus.get(status)
  if (known) return known
  if (status === undefined) return 'internal'
  if (status >= 500) return 'upstream_error'
  if (status >= 400) return headers ? 'refused' : 'misconfigured'
  return status >= 300 ? 'redirected' : 'bad_answer'
}

/** What passes by itself is met with patience; the rest is tried at every knock until it is mended. */
const passing: ReadonlySet<Reason> = new Set([
  'overloaded',
  'rate_limited',
  'timeout',
  'unreachable',
  'upstream_error',
])

/** How syncs fail after one more failure. */
export function afterFailure(
  before: SyncFailure | null,
  error: unknown,
  now: number,
  began = now,
): SyncFailure & { readonly reason: Reason } {
  const reason = reasonOf(error)
  const failures = (before?.failures ?? 0) + 1
  const backoff = passing.has(reason) ? CRON_MS * 2 ** Math.min(failures - 1, 10) : CRON_MS
  const asked = (error instanceof ApiError && retryAfterMs(error)) || 0
  // The pause ends before the knock that it waits for, however long this sync has taken.
  const patience = began - now + Math.min(backoff, MAX_BACKOFF_MS) - SLACK_MS
  const wait = Math.max(patience, Math.min(asked, MAX_RETRY_AFTER_MS))
  return {
    reason,
    failed_at: new Date(now).toISOString(),
    failures,
    next_at: new Date(now + wait).toISOString(),
  }
}

/** Whether upstream is to be left alone. A wrong clock may have said so for years: no pause is that long. */
export function isPausing(failure: SyncFailure | null, now: number): boolean {
  const wait = Date.parse(failure?.next_at ?? '') - now
  return wait > 0 && wait <= MAX_RETRY_AFTER_MS
}

/** What the log may say of an error: never upstream's words, which could repeat what was sent. */
export function ownWords(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error instanceof SyncError) return error.message
  if (error instanceof ApiError) {
    // Of a list that cannot be walked, core names an id: upstream's word.
    const isOurs = !error.headers && error.type !== 'bad_pagination'
    return isOurs ? error.message : undefined
  }
  // A mistake of ours. Its message could quote what it stumbled over; where it did says enough.
  const [, frames = ''] = error.stack?.split(`${error.message}\n`) ?? []
  const [place = ''] = frames.trim().split('\n')
  return `${error.name} ${place}`
}
