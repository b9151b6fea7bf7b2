import { describe, expect, test } from 'vitest'
import { ApiError } from './api-error.ts'
import { withLimits } from './limits.ts'
import { type RetryOptions, withRetries } from './retries.ts'
import type { Send } from './walk.ts'

type Outcome = Response | Error

const LOST = new TypeError('connection lost')

function answer(status: number, headers: Record<string, string> = {}): Response {
  return new Response(`body of ${status}`, { status, headers })
}

/** What comes of the outcomes, one for each attempt, and how long was waited between them. */
async function attempts(
  outcomes: readonly Outcome[],
  options: RetryOptions = {},
): Promise<{ came: number | Error; waits: number[]; sent: number }> {
  const waits: number[] = []
  let sent = 0
  const send: Send = async () => {
    const outcome = outcomes[sent]
    if (!outcome) throw new Error('Nobody planned another attempt')
    sent += 1
    if (outcome instanceof Error) throw outcome
    return outcome
  }
  const sleep = async (ms: number): Promise<void> => {
    waits.push(ms)
  }
  const retrying = withRetries(send, { sleep, random: () => 0, ...options })
  const came = await retrying(new Request('https://api.example')).then(
    ({ status }) => status,
    (error: Error) => error,
  )
  return { came, waits, sent }
}

function watched(status: number): { response: Response; cancelled: () => boolean } {
  let cancelled = false
  const body = new ReadableStream({
    cancel() {
      cancelled = true
    },
  })
  return { response: new Response(body, { status }), cancelled: () => cancelled }
}

describe('what is tried again', () => {
  test.each<[string, Outcome[], number | Error, number[]]>([
    ['an answer that is well', [answer(200)], 200, []],
    [
      'an answer that is well, and asks for more',
      [answer(200, { 'x-should-retry': 'true', 'retry-after': '1' })],
      200,
      [],
    ],
    ['a refusal', [answer(400)], 400, []],
    ['a redirect', [answer(302)], 302, []],
    ['an overload that passes', [answer(529), answer(200)], 200, [500]],
    ['an overload that stays', [answer(529), answer(503), answer(529)], 529, [500, 1000]],
    ['a wish in seconds', [answer(429, { 'retry-after': '3' }), answer(200)], 200, [3000]],
    ['a wish in ms', [answer(429, { 'retry-after-ms': '7' }), answer(200)], 200, [7]],
    ['a wish for now', [answer(429, { 'retry-after': '0' }), answer(200)], 200, [500]],
    ['the longest wish', [answer(429, { 'retry-after': '60' }), answer(200)], 200, [60_000]],
    ['a wish too long', [answer(429, { 'retry-after': '61' })], 429, []],
    ['a server that says no', [answer(500, { 'x-should-retry': 'false' })], 500, []],
    [
      'a server that says yes',
      [answer(404, { 'x-should-retry': 'true' }), answer(200)],
      200,
      [500],
    ],
    ['a lost connection', [LOST, answer(200)], 200, [500]],
    ['a connection lost thrice', [LOST, LOST, LOST], LOST, [500, 1000]],
    ['one thing, then another', [LOST, answer(409), answer(408)], 408, [500, 1000]],
  ])('%s', async (_, outcomes, came, waits) => {
    expect(await attempts(outcomes)).toEqual({ came, waits, sent: outcomes.length })
  })

  test.each<[string, ApiError, number]>([
    ['a time limit', new ApiError('late', { status: 504, type: 'timeout_error' }), 3],
    ['an overload', new ApiError('busy', { status: 529, type: 'overloaded_error' }), 3],
    ['a broken answer', new ApiError('broken', { status: 502, type: 'answer_broken' }), 3],
    ['a refusal', new ApiError('no', { status: 400, type: 'invalid_request_error' }), 1],
    ['an answer too large', new ApiError('large', { type: 'api_error' }), 1],
  ])('an ApiError by its hint: %s', async (_, error, sent) => {
    expect(await attempts([error, error, error])).toMatchObject({ came: error, sent })
  })

  test.each([
    ['2', 60_000, 200, [2000]],
    ['3600', 60_000, 529, []],
  ])('an ApiError waits as it asks: %s s of %i ms', async (after, maxWaitMs, came, waits) => {
    const headers = new Headers({ 'retry-after': after })
    const busy = new ApiError('busy', { status: 529, type: 'overloaded_error', headers })
    const found = await attempts([busy, answer(200)], { maxWaitMs })
    expect(found).toMatchObject({ came: came === 200 ? came : busy, waits })
  })

  test('the wait grows up to 8 seconds, less up to a quarter', async () => {
    const outcomes = Array.from({ length: 8 }, () => answer(500))
    const growing = [500, 1000, 2000, 4000, 8000, 8000, 8000]
    expect((await attempts(outcomes, { retries: 7 })).waits).toEqual(growing)
    const { waits } = await attempts(outcomes, { retries: 7, random: () => 1 })
    expect(waits).toEqual(growing.map((ms) => ms * 0.75))
  })

  test('retries and the longest wait can be told', async () => {
    expect(await attempts([answer(500)], { retries: 0 })).toMatchObject({ came: 500, sent: 1 })
    expect(await attempts([LOST], { retries: 0 })).toMatchObject({ came: LOST, sent: 1 })
    const slow = answer(429, { 'retry-after': '2' })
    expect(await attempts([slow], { maxWaitMs: 1999 })).toMatchObject({ came: 429, waits: [] })
  })

  test('a wait longer than any timer is not shortened to none', async () => {
    const headers = { 'retry-after': '9999999' }
    const patience = { maxWaitMs: Infinity }
    const slow = answer(429, headers)
    expect(await attempts([slow], patience)).toEqual({ came: 429, waits: [], sent: 1 })
    const busy = new ApiError('busy', {
      status: 529,
      type: 'overloaded_error',
      headers: new Headers(headers),
    })
    expect(await attempts([busy], patience)).toEqual({ came: busy, waits: [], sent: 1 })
    const longest = answer(429, { 'retry-after-ms': '2147483647' })
    expect(await attempts([longest, answer(200)], patience)).toMatchObject({ waits: [2 ** 31 - 1] })
    const longer = answer(429, { 'retry-after-ms': '2147483648' })
    expect(await attempts([longer], patience)).toMatchObject({ came: 429, waits: [] })
  })

  test('every attempt is given the same request', async () => {
    const request = new Request('https://api.example', { headers: { 'x-api-key': 'k' } })
    const seen: Request[] = []
    const send: Send = async (given) => {
      seen.push(given)
      return answer(seen.length < 3 ? 500 : 200)
    }
    await withRetries(send, { sleep: async () => {} })(request)
    expect(seen).toEqual([request, request, request])
  })
})

describe('bodies', () => {
  test('of an abandoned answer are cancelled, that of the last one is not', async () => {
    const [first, second, last] = [watched(500), watched(429), watched(503)]
    await attempts([first, second, last].map(({ response }) => response))
    expect([first, second, last].map(({ cancelled }) => cancelled())).toEqual([true, true, false])
  })

  test('that cannot be cancelled change nothing of the wait', async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(LOST) })
    const cut = new Response(body, { status: 429, headers: { 'retry-after': '9' } })
    expect(await attempts([cut, answer(200)])).toMatchObject({ came: 200, waits: [9000] })
  })

  test('of an answer that is handed on are left to its reader', async () => {
    const slow = answer(429, { 'retry-after': '120' })
    const response = await withRetries(async () => slow)(new Request('https://api.example'))
    expect(await response.text()).toBe('body of 429')
  })
})

describe('an abort', () => {
  const reason = new Error('enough')
  const unplanned = new Error('Nobody planned to wait')

  test('during an attempt is not tried again', async () => {
    const controller = new AbortController()
    let sent = 0
    const send: Send = async ({ signal }) => {
      sent += 1
      controller.abort(reason)
      throw signal.reason
    }
    await expect(
      withRetries(send, { sleep: () => Promise.reject(unplanned) })(
        new Request('https://api.example', controller),
      ),
    ).rejects.toBe(reason)
    expect(sent).toBe(1)
  })

  test('ends the wait, and nothing more is sent', async () => {
    const controller = new AbortController()
    let sent = 0
    const send: Send = async () => {
      sent += 1
      return answer(429, { 'retry-after': '30' })
    }
    const came = withRetries(send)(new Request('https://api.example', controller))
    setTimeout(() => controller.abort(reason), 10)
    await expect(came).rejects.toBe(reason)
    expect(sent).toBe(1)
  })

  test('before the wait ends it too', async () => {
    const controller = new AbortController()
    const send: Send = async () => {
      controller.abort(reason)
      return answer(500)
    }
    await expect(withRetries(send)(new Request('https://api.example', controller))).rejects.toBe(
      reason,
    )
  })
})

test('it waits in real time unless told otherwise', async () => {
  const outcomes = [answer(429, { 'retry-after-ms': '40' }), answer(200)]
  const begun = Date.now()
  const response = await withRetries(async () => outcomes.shift()!)(
    new Request('https://a.example'),
  )
  expect(response.status).toBe(200)
  expect(Date.now() - begun).toBeGreaterThanOrEqual(35)
})

test('a body that breaks off inside the limits is tried again', async () => {
  const broken = new ReadableStream({ start: (controller) => controller.error(LOST) })
  const outcomes = [new Response(broken), new Response('whole')]
  const send = withRetries(
    withLimits(async () => outcomes.shift()!),
    { sleep: async () => {} },
  )
  expect(await (await send(new Request('https://api.example'))).text()).toBe('whole')
  expect(outcomes).toEqual([])
})

test('a time limit inside the retries holds for each attempt', async () => {
  let sent = 0
  const send: Send = () => {
    sent += 1
    return sent < 3 ? new Promise(() => {}) : Promise.resolve(answer(200))
  }
  const patient = withRetries(withLimits(send, { timeoutMs: 10 }), { sleep: async () => {} })
  expect((await patient(new Request('https://api.example'))).status).toBe(200)
  expect(sent).toBe(3)
})
