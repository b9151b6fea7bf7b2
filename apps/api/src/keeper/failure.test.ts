import { ApiError } from '@models-edge/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { START, startPlus } from '../../test/world/snapshots.ts'
import type { SyncFailure } from '../snapshot/snapshot.ts'
import { CRON_MS, SLACK_MS } from '../timing.ts'
import { afterFailure, isPausing, ownWords, type Reason, reasonOf, SyncError } from './failure.ts'

const NOW = Date.parse(START)
const MINUTE = 60_000
const WORDS = 'what upstream wrote'

/** An error that upstream answered with. */
function answered(status: number, type: string, headers: Record<string, string> = {}): ApiError {
  return new ApiError(WORDS, { status, type, headers: new Headers(headers) })
}

/** An error that came about on this side. */
function own(type: string, status?: number): ApiError {
  return new ApiError('in own words', { type, status })
}

describe('the reason', () => {
  test.each<[unknown, Reason]>([
    [answered(400, 'invalid_request_error'), 'refused'],
    [answered(401, 'authentication_error'), 'unauthorized'],
    [answered(403, 'permission_error'), 'forbidden'],
    [answered(403, 'forbidden'), 'edge_blocked'],
    [answered(404, 'not_found_error'), 'not_found'],
    [answered(413, 'request_too_large'), 'refused'],
    [answered(429, 'rate_limit_error'), 'rate_limited'],
    [answered(500, 'api_error'), 'upstream_error'],
    [answered(504, 'timeout_error'), 'timeout'],
    [answered(529, 'overloaded_error'), 'overloaded'],
    [answered(300, 'api_error'), 'redirected'],
    [answered(200, 'api_error'), 'bad_answer'],
    [own('timeout_error', 504), 'timeout'],
    [own('answer_broken', 502), 'bad_answer'],
    [own('answer_too_large'), 'too_large'],
    [own('bad_pagination'), 'bad_list'],
    [own('invalid_request_error', 400), 'misconfigured'],
    [own('of_another_core'), 'internal'],
    [new SyncError('empty', 'The list is empty'), 'empty'],
    [new TypeError('a fault of this code'), 'internal'],
    ['no error at all', 'internal'],
  ])('of %o is %s', (error, reason) => {
    expect(reasonOf(error)).toBe(reason)
  })

  test('is one of ours, whatever upstream calls its errors', () => {
    const types = fc.oneof(
      fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype)),
      fc.string(),
    )
    fc.assert(
      fc.property(types, fc.constantFrom(200, 302, 400, 403, 500, 529), (type, status) => {
        expect(typeof reasonOf(answered(status, type))).toBe('string')
      }),
    )
  })
})

/** How many knocks it takes, one a minute, until upstream is asked again: after each one in a row. */
function pauses(error: unknown, times: number): readonly number[] {
  let failure: SyncFailure | null = null
  return Array.from({ length: times }, () => {
    failure = afterFailure(failure, error, NOW)
    let minutes = 1
    while (isPausing(failure, NOW + minutes * CRON_MS)) minutes += 1
    return minutes
  })
}

describe('a failure', () => {
  test.each<[string, unknown]>([
    ['overloaded', answered(529, 'overloaded_error')],
    ['rate limited', answered(429, 'rate_limit_error')],
    ['too slow', own('timeout_error', 504)],
    ['unreachable', new SyncError('unreachable', 'no connection')],
    ['broken', answered(500, 'api_error')],
  ])('of an upstream that is %s is met with ever more patience', (_, error) => {
    expect(pauses(error, 7)).toEqual([1, 2, 4, 8, 15, 15, 15])
  })

  test.each<[string, unknown]>([
    ['a wrong key', answered(401, 'authentication_error')],
    ['a list that is none', own('bad_pagination')],
    ['a fault of this code', new TypeError('a fault')],
  ])('by %s is tried at every knock until it is mended', (_, error) => {
    expect(pauses(error, 7)).toEqual([1, 1, 1, 1, 1, 1, 1])
  })

  test('of another kind goes on counting', () => {
    const one = afterFailure(null, answered(401, 'authentication_error'), NOW)
    const two = afterFailure(one, answered(500, 'api_error'), NOW)
    expect(one).toMatchObject({ reason: 'unauthorized', failed_at: START, failures: 1 })
    expect(two).toMatchObject({ reason: 'upstream_error', failures: 2 })
    expect(two.next_at).toBe(startPlus(2 * CRON_MS - SLACK_MS))
  })

  test.each([
    ['20', CRON_MS - SLACK_MS],
    ['600', 10 * MINUTE],
    ['3600', 60 * MINUTE],
    ['86400', 60 * MINUTE],
    ['soon', CRON_MS - SLACK_MS],
  ])('with retry-after: %s leaves upstream alone for %d ms', (after, ms) => {
    const error = answered(429, 'rate_limit_error', { 'retry-after': after })
    const failure = afterFailure(null, error, NOW)
    expect(failure.next_at).toBe(startPlus(ms))
    expect(isPausing(failure, NOW)).toBe(true)
    expect(isPausing(failure, NOW + ms - 1)).toBe(true)
    expect(isPausing(failure, NOW + ms)).toBe(false)
  })

  test('that a clock noted which was years ahead pauses nothing', () => {
    const years = 3 * 365 * 24 * 60 * MINUTE
    const failure = afterFailure(null, answered(500, 'api_error'), NOW + years)
    expect(isPausing(failure, NOW)).toBe(false)
    expect(isPausing(null, NOW)).toBe(false)
  })
})

describe('the words of the log', () => {
  test('are our own', () => {
    expect(ownWords(new SyncError('empty', 'The list is empty'))).toBe('The list is empty')
    expect(ownWords(own('answer_too_large'))).toBe('in own words')
  })

  test('are never upstream’s, whatever error carries them', () => {
    expect(ownWords(answered(500, 'api_error'))).toBeUndefined()
    expect(ownWords(WORDS)).toBeUndefined()
    const mistakes = [new TypeError(WORDS), new Error(`quoted:\n    at ${WORDS}`)]
    for (const error of mistakes) expect(ownWords(error)).not.toContain(WORDS)
  })

  test('on a mistake of ours say where it was made', () => {
    expect(ownWords(new TypeError('quoted'))).toMatch(/^TypeError at .*failure\.test\.ts/)
  })
})
