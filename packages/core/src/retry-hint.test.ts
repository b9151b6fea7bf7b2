import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from './api-error.ts'
import { retryAfterMs } from './retry-hint.ts'

type Row = [status: number, ms: number | undefined, asked: number | undefined]

function hint(status: number, headers: Record<string, string> = {}): number | undefined {
  return retryAfterMs({ status, headers: new Headers(headers) })
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-20T00:00:00Z'), toFake: ['Date'] })
})

afterEach(() => {
  vi.useRealTimers()
})

test.each<Row>([
  ...[408, 409, 429, 500, 529, 599].map((status): Row => [status, 0, 0]),
  ...[300, 304, 400, 404, 413, 499].map((status): Row => [status, undefined, 0]),
  ...[200, 299].map((status): Row => [status, undefined, undefined]),
])('%i waits for %j ms before another try, and for %j if it asks for one', (status, ms, asked) => {
  expect(hint(status)).toBe(ms)
  expect(hint(status, { 'x-should-retry': 'maybe' })).toBe(ms)
  expect(hint(status, { 'x-should-retry': 'true' })).toBe(asked)
  expect(hint(status, { 'x-should-retry': 'false', 'retry-after': '1' })).toBeUndefined()
})

test('an ApiError is asked like the answer that it was made of', () => {
  const headers = new Headers({ 'retry-after': '2' })
  expect(retryAfterMs(new ApiError('x', { type: 't', status: 529, headers }))).toBe(2000)
  expect(retryAfterMs(new ApiError('x', { type: 't', status: 504 }))).toBe(0)
  expect(retryAfterMs(new ApiError('x', { type: 't', headers }))).toBeUndefined()
})

test.each<[number, Record<string, string>]>([
  [2000, { 'retry-after': '2' }],
  [500, { 'retry-after': '0.5' }],
  [7000, { 'retry-after': 'Fri, 20 Nov 2026 00:00:07 GMT' }],
  [12.5, { 'retry-after-ms': '12.5', 'retry-after': '9' }],
  [9000, { 'retry-after-ms': 'soon', 'retry-after': '9' }],
  [9000, { 'retry-after-ms': '0', 'retry-after': '9' }],
  [0, { 'retry-after': 'Thu, 19 Nov 2026 23:59:59 GMT' }],
])('the wait is %d ms after %j', (ms, headers) => {
  expect(hint(429, headers)).toBe(ms)
})
