import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiError } from './api-error.ts'
import { retryAfterMs } from './retry-hint.ts'

function hint(status: number, headers: Record<string, string> = {}): number | undefined {
  return retryAfterMs(new Response(null, { status, headers }))
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-20T00:00:00Z'), toFake: ['Date'] })
})

afterEach(() => {
  vi.useRealTimers()
})

describe('whether to try again', () => {
  test.each([408, 409, 429, 500, 502, 503, 504, 529, 599])('%i is worth it', (status) => {
    expect(hint(status)).toBe(0)
    expect(hint(status, { 'x-should-retry': 'maybe' })).toBe(0)
    expect(hint(status, { 'x-should-retry': 'false', 'retry-after': '1' })).toBeUndefined()
  })

  test.each([200, 201, 204, 299])('%i is well, whatever its headers say', (status) => {
    expect(hint(status)).toBeUndefined()
    expect(hint(status, { 'x-should-retry': 'true', 'retry-after': '1' })).toBeUndefined()
  })

  test.each([302, 304, 400, 401, 403, 404, 413, 418, 499])('%i is not', (status) => {
    expect(hint(status)).toBeUndefined()
    expect(hint(status, { 'retry-after': '1' })).toBeUndefined()
    expect(hint(status, { 'x-should-retry': 'true' })).toBe(0)
  })

  test('an ApiError is asked like the answer that it was made of', () => {
    const headers = new Headers({ 'retry-after': '2' })
    const fields = { type: 'overloaded_error', headers }
    expect(retryAfterMs(new ApiError('x', { ...fields, status: 529 }))).toBe(2000)
    expect(retryAfterMs(new ApiError('x', { ...fields, status: 404 }))).toBeUndefined()
    expect(retryAfterMs(new ApiError('x', { type: 'timeout_error', status: 504 }))).toBe(0)
    expect(retryAfterMs(new ApiError('x', { type: 'api_error' }))).toBeUndefined()
  })
})

describe('how long to wait', () => {
  test.each<[Record<string, string>, number]>([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': '3600' }, 3_600_000],
    [{ 'retry-after': 'Fri, 20 Nov 2026 00:00:07 GMT' }, 7000],
    [{ 'retry-after-ms': '1234' }, 1234],
    [{ 'retry-after-ms': '12.5', 'retry-after': '9' }, 12.5],
    [{ 'retry-after-ms': 'soon', 'retry-after': '9' }, 9000],
    [{ 'retry-after-ms': '0', 'retry-after': '9' }, 9000],
    [{ 'retry-after-ms': '-5', 'retry-after': '9' }, 9000],
    [{ 'retry-after': 'Thu, 19 Nov 2026 23:59:59 GMT' }, 0],
    [{ 'retry-after': 'Fri, 20 Nov 2026 00:00:00 GMT' }, 0],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '-1' }, 0],
    [{ 'retry-after': '' }, 0],
    [{ 'retry-after': 'soon' }, 0],
    [{}, 0],
  ])('%j', (headers, ms) => {
    expect(hint(429, headers)).toBe(ms)
    expect(hint(404, { ...headers, 'x-should-retry': 'true' })).toBe(ms)
  })
})
