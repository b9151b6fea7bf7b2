import { ApiError } from '@models-edge/core'
import { describe, expect, test } from 'vitest'
import { NOW, START, startPlus } from '../../test/world/snapshots.ts'
import type { SyncFailure } from '../snapshot/snapshot.ts'
import { CRON_MS, SLACK_MS } from '../timing.ts'
import { afterFailure, isPausing, ownWords, type Reason, reasonOf, SyncError } from './failure.ts'

const WORDS = 'what upstream wrote'

/** An error that upstream answered with. */
function answered(status: number, type = 'api_error', after?: string): ApiError {
  const headers = new Headers(after === undefined ? {} : { 'retry-after': after })
  return new ApiError(WORDS, { status, type, headers })
}

/** An error that came about on this side. */
function own(type: string, status?: number): ApiError {
  return new ApiError('in own words', { type, status })
}

/** How many knocks it takes, one a minute, until upstream is asked again: after each failure in a row. */
function pauses(error: unknown): string {
  let failure: SyncFailure | null = null
  const minutes = Array.from({ length: 7 }, () => {
    failure = afterFailure(failure, error, NOW)
    let minute = 1
    while (isPausing(failure, NOW + minute * CRON_MS)) minute += 1
    return minute
  })
  return minutes.join(' ')
}

const patient = '1 2 4 8 15 15 15'
const eager = '1 1 1 1 1 1 1'

test.each<[unknown, Reason, string]>([
  [answered(400, 'invalid_request_error'), 'refused', eager],
  [answered(401), 'unauthorized', eager],
  [answered(403, 'permission_error'), 'forbidden', eager],
  [answered(403, 'forbidden'), 'edge_blocked', eager],
  [answered(404), 'not_found', eager],
  [answered(429), 'rate_limited', patient],
  [answered(500), 'upstream_error', patient],
  [answered(500, 'constructor'), 'upstream_error', patient],
  [answered(504, 'timeout_error'), 'timeout', patient],
  [answered(529), 'overloaded', patient],
  [answered(300), 'redirected', eager],
  [answered(200), 'bad_answer', eager],
  [own('answer_broken', 502), 'bad_answer', eager],
  [own('answer_too_large'), 'too_large', eager],
  [own('bad_pagination'), 'bad_list', eager],
  [own('invalid_request_error', 400), 'misconfigured', eager],
  [own('of_another_core'), 'internal', eager],
  [new SyncError('unreachable', 'no connection'), 'unreachable', patient],
  [new TypeError('a fault of this code'), 'internal', eager],
  ['no error at all', 'internal', eager],
])('%o is %s, and upstream is asked again after minutes: %s', (error, reason, minutes) => {
  expect(reasonOf(error)).toBe(reason)
  expect(pauses(error)).toBe(minutes)
})

describe('a failure', () => {
  test('of another kind goes on counting, and counts its pause from when the sync began', () => {
    const one = afterFailure(null, answered(401), NOW)
    const two = afterFailure(one, answered(500), NOW + 5000, NOW)
    expect(one).toMatchObject({ reason: 'unauthorized', failed_at: START, failures: 1 })
    expect(two).toMatchObject({ reason: 'upstream_error', failures: 2 })
    expect(two.next_at).toBe(startPlus(2 * CRON_MS - SLACK_MS))
  })

  test.each([
    ['20', CRON_MS - SLACK_MS],
    ['600', 10 * CRON_MS],
    ['3600', 60 * CRON_MS],
    ['86400', 60 * CRON_MS],
    ['soon', CRON_MS - SLACK_MS],
  ])('with retry-after: %s leaves upstream alone for %d ms', (after, ms) => {
    const failure = afterFailure(null, answered(429, 'rate_limit_error', after), NOW)
    expect(failure.next_at).toBe(startPlus(ms))
    expect(isPausing(failure, NOW + ms - 1)).toBe(true)
    expect(isPausing(failure, NOW + ms)).toBe(false)
  })

  test('that a clock noted which was years ahead pauses nothing', () => {
    const years = 3 * 365 * 24 * 60 * CRON_MS
    expect(isPausing(afterFailure(null, answered(500), NOW + years), NOW)).toBe(false)
    expect(isPausing(null, NOW)).toBe(false)
  })
})

test('the words of the log are our own, and say where a mistake of ours was made', () => {
  expect(ownWords(new SyncError('empty', 'The list is empty'))).toBe('The list is empty')
  expect(ownWords(own('answer_too_large'))).toBe('in own words')
  expect(ownWords(new TypeError('quoted'))).toMatch(/^TypeError at .*failure\.test\.ts/)
  // What core says of a list that cannot be walked names an id.
  const upstreams = [answered(500), new ApiError(WORDS, { type: 'bad_pagination' }), WORDS]
  for (const error of upstreams) expect(ownWords(error)).toBeUndefined()
  const mistakes = [new TypeError(WORDS), new Error(`quoted:\n    at ${WORDS}`)]
  for (const error of mistakes) expect(ownWords(error)).not.toContain(WORDS)
})
