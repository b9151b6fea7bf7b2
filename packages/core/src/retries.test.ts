import { afterEach, describe, expect, test, vi } from 'vitest'
import { ApiError } from './api-error.ts'
import { type RetryOptions, withRetries } from './retries.ts'

type Outcome = Response | Error

const LOST = new TypeError('connection lost')
const LONGEST_TIMER = 2 ** 31 - 1
const reason = new Error('enough')

function answer(status: number, headers: Record<string, string> = {}): Response {
  return new Response(`body of ${status}`, { status, headers })
}

function error(status: number | undefined, headers?: Record<string, string>): ApiError {
  return new ApiError(`${status}`, { status, type: 'any', headers: new Headers(headers) })
}

/** What comes of the outcomes, one for each attempt, and how long was waited between them. */
async function attempts(
  outcomes: readonly Outcome[],
  options: RetryOptions = {},
): Promise<{ came: Outcome; waits: number[] }> {
  const request = new Request('https://api.example')
  const waits: number[] = []
  const left = [...outcomes]
  const send = vi.fn(async (): Promise<Response> => {
    const outcome = left.shift() ?? new Error('Nobody planned another attempt')
    if (outcome instanceof Error) throw outcome
    return outcome
  })
  const sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
    expect(signal).toBe(request.signal)
    waits.push(ms)
  }
  const retrying = withRetries(send, { sleep, random: () => 0, ...options })
  const came = await retrying(request).catch((thrown: Error) => thrown)
  expect(send.mock.calls).toEqual(outcomes.map(() => [request]))
  return { came, waits }
}

test.each<[string, Outcome[], number[]]>([
  ['no answer that is well', [answer(200, { 'x-should-retry': 'true', 'retry-after': '1' })], []],
  ['an overload that stays', [answer(529), answer(503), answer(529)], [500, 1000]],
  ['a wish in seconds', [answer(429, { 'retry-after': '3' }), answer(200)], [3000]],
  ['a wish for now', [answer(429, { 'retry-after': '0' }), answer(200)], [500]],
  ['the longest wish', [answer(429, { 'retry-after': '60' }), answer(200)], [60_000]],
  ['no wish too long', [answer(429, { 'retry-after-ms': '60001' })], []],
  ['no server that says no', [answer(500, { 'x-should-retry': 'false' })], []],
  ['a server that says yes', [answer(404, { 'x-should-retry': 'true' }), answer(200)], [500]],
  ['one thing, then another', [LOST, answer(409), LOST], [500, 1000]],
  ['an error that passes', [error(504), error(529), error(502)], [500, 1000]],
  ['an error that wishes', [error(529, { 'retry-after': '60' }), answer(200)], [60_000]],
  ['no error that wishes too much', [error(529, { 'retry-after-ms': '60001' })], []],
  ['no error that is a refusal', [error(400)], []],
  ['no error without an answer', [error(undefined)], []],
])('what is tried again: %s', async (_, outcomes, waits) => {
  const told = await attempts(outcomes)
  expect(told.came).toBe(outcomes.at(-1))
  expect(told.waits).toEqual(waits)
})

test.each([0, 1])('the wait grows up to 8 seconds, less up to a quarter: %i', async (random) => {
  const outcomes = Array.from({ length: 8 }, () => answer(500))
  const { waits } = await attempts(outcomes, { retries: 7, random: () => random })
  const growing = [500, 1000, 2000, 4000, 8000, 8000, 8000]
  expect(waits).toEqual(growing.map((ms) => ms * (1 - random / 4)))
})

test.each<[RetryOptions, number, number[]]>([
  [{ retries: 0 }, 1, []],
  [{ maxWaitMs: 1 }, 2, []],
  [{ maxWaitMs: Infinity }, LONGEST_TIMER + 1, []],
  [{ maxWaitMs: Infinity, retries: 1 }, LONGEST_TIMER, [LONGEST_TIMER]],
])(
  'limits can be told, and waits for no longer than a timer can: %j',
  async (options, ms, waits) => {
    const slow = answer(429, { 'retry-after-ms': `${ms}` })
    const outcomes = [slow, ...waits.map(() => answer(200))]
    expect((await attempts(outcomes, options)).waits).toEqual(waits)
  },
)

test('the bodies of abandoned answers are cancelled, that of the last one is left to its reader', async () => {
  const cancels = [vi.fn(), vi.fn(), vi.fn()]
  await attempts(
    cancels.map((cancel) => new Response(new ReadableStream({ cancel }), { status: 500 })),
  )
  expect(cancels.map(({ mock }) => mock.calls.length)).toEqual([1, 1, 0])
})

test('a body that cannot be cancelled changes nothing of the wait', async () => {
  const body = new ReadableStream({ start: (controller) => controller.error(LOST) })
  const cut = new Response(body, { status: 429, headers: { 'retry-after': '9' } })
  expect((await attempts([cut, answer(200)])).waits).toEqual([9000])
})

describe('in real time', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  test('it waits, and an abort ends the wait', async () => {
    vi.useFakeTimers()
    const controller = new AbortController()
    const send = vi.fn(async () => answer(429, { 'retry-after-ms': '40' }))
    const came = withRetries(send)(new Request('https://api.example', controller))
    await vi.advanceTimersByTimeAsync(39)
    expect(send).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(send).toHaveBeenCalledTimes(2)
    controller.abort(reason)
    await expect(came).rejects.toBe(reason)
    expect(send).toHaveBeenCalledTimes(2)
  })

  test('an abort during an attempt is not tried again', async () => {
    const controller = new AbortController()
    const send = vi.fn(async () => {
      controller.abort(reason)
      throw LOST
    })
    const unplanned = vi.fn(async () => {})
    const retrying = withRetries(send, { sleep: unplanned })
    await expect(retrying(new Request('https://api.example', controller))).rejects.toBe(LOST)
    expect([send, unplanned].map(({ mock }) => mock.calls.length)).toEqual([1, 0])
  })
})
