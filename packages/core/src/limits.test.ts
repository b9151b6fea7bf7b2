import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Limits, withLimits } from './limits.ts'
import type { Send } from './walk.ts'

const LATE = { name: 'ApiError', status: 504, type: 'timeout_error' }

function limited(send: Send, limits?: Limits, signal?: AbortSignal): Promise<Response> {
  return withLimits(send, limits)(new Request('https://api.example', signal ? { signal } : {}))
}

function bytes(count: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(count).fill(32)
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}

/** A body of endless small chunks that heeds no signal. */
function drip(everyMs: number, onCancel: () => void = () => {}): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      await wait(everyMs)
      controller.enqueue(bytes(1))
    },
    cancel: onCancel,
  })
}

describe('an answer within the limits', () => {
  test('keeps its status, its headers and its body', async () => {
    const headers = {
      'content-type': 'application/json',
      'request-id': 'req_1',
      'retry-after': '3',
      // What fetch has decoded still has this header.
      'content-encoding': 'gzip',
    }
    const response = await limited(async () =>
      Response.json({ a: 'é' }, { status: 429, statusText: 'Slow', headers }),
    )
    expect([response.status, response.statusText]).toEqual([429, 'Slow'])
    expect(Object.fromEntries(response.headers)).toMatchObject(headers)
    expect(await response.json()).toEqual({ a: 'é' })
  })

  test.each([204, 304])('may have no body: %i', async (status) => {
    const response = await limited(async () => new Response(null, { status, headers: { a: 'b' } }))
    expect([response.status, response.headers.get('a'), await response.text()]).toEqual([
      status,
      'b',
      '',
    ])
  })

  test('may have an empty body', async () => {
    expect(await (await limited(async () => new Response(''))).text()).toBe('')
  })

  test('may be as large as allowed', async () => {
    const response = await limited(async () => new Response(bytes(1000)), { maxBytes: 1000 })
    expect((await response.arrayBuffer()).byteLength).toBe(1000)
  })

  test('is whole when it comes', async () => {
    let sent = 0
    const body = new ReadableStream({
      pull(controller) {
        if (sent === 5) return controller.close()
        controller.enqueue(bytes(2))
        sent += 1
      },
    })
    const response = await limited(async () => new Response(body))
    expect(sent).toBe(5)
    expect((await response.arrayBuffer()).byteLength).toBe(10)
  })

  test('is asked for with the request it was given, and a signal', async () => {
    const seen: unknown[] = []
    const send: Send = async ({ method, url, headers, redirect, signal }) => {
      seen.push(method, url, headers.get('x-api-key'), redirect, signal.aborted)
      return new Response()
    }
    const headers = { 'x-api-key': 'k' }
    await withLimits(send)(new Request('https://api.example/v1', { headers, redirect: 'manual' }))
    expect(seen).toEqual(['GET', 'https://api.example/v1', 'k', 'manual', false])
  })
})

describe('an answer that takes too long', () => {
  test.each<[string, Send]>([
    ['slow headers', () => new Promise(() => {})],
    [
      'headers that end with the signal',
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    ],
    ['a body that never comes', async () => new Response(new ReadableStream())],
    [
      'a body that stops half way',
      async () => new Response(new ReadableStream({ start: (body) => body.enqueue(bytes(5)) })),
    ],
    ['a body that drips', async () => new Response(drip(5))],
  ])('is given up: %s', async (_, send) => {
    const begun = Date.now()
    await expect(limited(send, { timeoutMs: 40 })).rejects.toMatchObject({
      ...LATE,
      message: 'No whole answer within 40 ms',
    })
    expect(Date.now() - begun).toBeLessThan(2000)
  })

  test('tells its sender to stop', async () => {
    let given: AbortSignal | undefined
    const send: Send = ({ signal }) => {
      given = signal
      return new Promise(() => {})
    }
    await expect(limited(send, { timeoutMs: 10 })).rejects.toMatchObject(LATE)
    expect(given?.aborted).toBe(true)
  })

  test('is no longer read', async () => {
    let cancelled = false
    const send: Send = async () =>
      new Response(
        drip(2, () => {
          cancelled = true
        }),
      )
    await expect(limited(send, { timeoutMs: 20 })).rejects.toMatchObject(LATE)
    await wait(20)
    expect(cancelled).toBe(true)
  })
})

describe('an answer that is too large', () => {
  test.each<[string, Record<string, string>]>([
    ['honestly', { 'content-length': '1001' }],
    ['with a lie about its length', { 'content-length': '5' }],
    ['without a length', {}],
  ])('is given up: %s', async (_, headers) => {
    const send: Send = async () => new Response(new Blob([bytes(1001)]).stream(), { headers })
    await expect(limited(send, { maxBytes: 1000 })).rejects.toMatchObject({
      name: 'ApiError',
      type: 'answer_too_large',
      message: 'Answer over 1000 bytes',
    })
  })

  test('is no longer read', async () => {
    let sent = 0
    let cancelled = false
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(bytes(100))
        sent += 1
        if (sent > 100) throw new Error('Nobody planned to read that far')
      },
      cancel() {
        cancelled = true
      },
    })
    await expect(limited(async () => new Response(body), { maxBytes: 1000 })).rejects.toThrow(
      'over 1000 bytes',
    )
    expect(cancelled).toBe(true)
  })

  test('is one of more than 10 MB, unless told', async () => {
    await expect(limited(async () => new Response(bytes(10_000_001)))).rejects.toThrow(
      'over 10000000 bytes',
    )
    const response = await limited(async () => new Response(bytes(10_000_000)))
    expect((await response.arrayBuffer()).byteLength).toBe(10_000_000)
  })
})

describe('what comes out as itself', () => {
  const reason = new Error('enough')

  test('an abort before the request, which is not sent', async () => {
    const unplanned = new Error('Nobody planned a request')
    const send: Send = () => Promise.reject(unplanned)
    await expect(limited(send, {}, AbortSignal.abort(reason))).rejects.toBe(reason)
  })

  test.each<[string, Send]>([
    ['the headers', () => new Promise(() => {})],
    ['the body', async () => new Response(drip(2))],
  ])('an abort while waiting for %s', async (_, send) => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(reason), 10)
    await expect(limited(send, {}, controller.signal)).rejects.toBe(reason)
  })

  test('what the sender throws', async () => {
    const lost = new TypeError('connection lost')
    await expect(limited(() => Promise.reject(lost))).rejects.toBe(lost)
  })
})

describe('an answer that breaks off', () => {
  test.each([200, 429])('is an ApiError, with the status %i', async (status) => {
    const lost = new TypeError('connection lost')
    const body = new ReadableStream({ start: (controller) => controller.error(lost) })
    await expect(limited(async () => new Response(body, { status }))).rejects.toMatchObject({
      name: 'ApiError',
      status: 502,
      type: 'answer_broken',
      message: 'The answer broke off',
      cause: lost,
    })
  })
})

// What no runtime lets a program make, but a network can bring.
test.each([600, 999])('the status %i is an ApiError, not a RangeError', async (status) => {
  const { body, headers } = new Response('whole')
  const odd = { status, statusText: '', headers, body } as Response
  await expect(limited(async () => odd)).rejects.toMatchObject({
    name: 'ApiError',
    status: 502,
    type: 'answer_broken',
    cause: expect.any(RangeError),
  })
})

describe('the timer', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  // Some runtimes do not end while one is left.
  test.each<[string, Send]>([
    ['an answer', async () => new Response('in time')],
    ['an answer without a body', async () => new Response(null, { status: 204 })],
    ['an answer that breaks off', async () => new Response(drip(1).pipeThrough(broken()))],
    ['an answer too large', async () => new Response(bytes(1001))],
    ['a failure', () => Promise.reject(new Error('connection lost'))],
  ])('is cleared after %s', async (_, send) => {
    const set = vi.spyOn(globalThis, 'setTimeout')
    const clear = vi.spyOn(globalThis, 'clearTimeout')
    const limits = { timeoutMs: 54_321, maxBytes: 1000 }
    await limited(send, limits).catch(() => {})
    const ours = set.mock.calls.findIndex(([, ms]) => ms === limits.timeoutMs)
    expect(set.mock.results[ours]?.value).toBeDefined()
    expect(clear.mock.calls.map(([timer]) => timer)).toContain(set.mock.results[ours]?.value)
  })

  test.each([Infinity, 2 ** 31, Number.MAX_SAFE_INTEGER])('of %d ms does not fire', async (ms) => {
    expect(await (await limited(unhurried, { timeoutMs: ms })).text()).toBe('whole')
  })
})

async function unhurried(): Promise<Response> {
  await wait(60)
  return new Response('whole')
}

function broken(): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({ transform: (_, body) => body.error(new Error('lost')) })
}

/** Vitest fails a run in which any rejection stays unhandled. */
test('nothing is left behind to reject when the time is up', async () => {
  const lost = new TypeError('connection lost')
  const sends: Send[] = [
    async () => new Response('in time'),
    async () => {
      await wait(40)
      throw lost
    },
    () => Promise.reject(lost),
    () => {
      throw lost
    },
    async () => new Response(drip(1)),
  ]
  for (const send of sends) await limited(send, { timeoutMs: 20 }).catch(() => {})
  await wait(80)
})
