import { describe, expect, test, vi } from 'vitest'
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

/** A time limit that is over when the test says so. */
function hourglass(): { sleep: Limits['sleep'] & {}; runOut: () => void; asked: number[] } {
  const { promise, resolve } = Promise.withResolvers<void>()
  const asked: number[] = []
  const sleep: Limits['sleep'] & {} = (ms) => {
    asked.push(ms)
    return promise
  }
  return { sleep, runOut: resolve, asked }
}

/** A body that gives one byte after the other until it is cancelled, whatever its signal says. */
function drip(onCancel: () => void = () => {}): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      await wait(1)
      controller.enqueue(bytes(1))
    },
    cancel: onCancel,
  })
}

/** A body that begins, and never goes on. */
function firstBytes(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (body) => body.enqueue(bytes(5)) })
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
    ['a body that stops half way', async () => new Response(firstBytes())],
    ['a body that drips', async () => new Response(drip())],
  ])('is given up: %s', async (_, send) => {
    const { sleep, runOut, asked } = hourglass()
    const sent = Promise.withResolvers<void>()
    const watched: Send = (request) => {
      sent.resolve()
      return send(request)
    }
    const came = limited(watched, { timeoutMs: 40, sleep })
    await sent.promise
    await wait(0)
    runOut()
    await expect(came).rejects.toMatchObject({ ...LATE, message: 'No whole answer within 40 ms' })
    expect(asked).toEqual([40])
  })

  test('has ten seconds unless told', async () => {
    const { sleep, asked } = hourglass()
    await limited(async () => new Response('in time'), { sleep })
    expect(asked).toEqual([10_000])
  })

  test('is given up in real time unless told otherwise', async () => {
    const came = limited(() => new Promise(() => {}), { timeoutMs: 5 })
    await expect(came).rejects.toMatchObject(LATE)
  })

  test('tells its sender to stop, and why', async () => {
    const { sleep, runOut } = hourglass()
    let given: AbortSignal | undefined
    const send: Send = ({ signal }) => {
      given = signal
      runOut()
      return new Promise(() => {})
    }
    await expect(limited(send, { sleep })).rejects.toMatchObject(LATE)
    expect(given?.reason).toMatchObject(LATE)
  })

  test('is no longer read', async () => {
    const { sleep, runOut } = hourglass()
    const cancelled = Promise.withResolvers<void>()
    const came = limited(async () => new Response(drip(cancelled.resolve)), { sleep })
    await wait(5)
    runOut()
    await expect(came).rejects.toMatchObject(LATE)
    await cancelled.promise
  })

  test('is not read at all when its headers come afterwards', async () => {
    const { sleep, runOut } = hourglass()
    const cancelled = Promise.withResolvers<void>()
    const headers = Promise.withResolvers<Response>()
    runOut()
    await expect(limited(() => headers.promise, { sleep })).rejects.toMatchObject(LATE)
    headers.resolve(new Response(drip(cancelled.resolve)))
    await cancelled.promise
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
    ['the body', async () => new Response(drip())],
  ])('an abort while waiting for %s', async (_, send) => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(reason), 5)
    await expect(limited(send, {}, controller.signal)).rejects.toBe(reason)
  })

  test('an abort, which its sender is told as well', async () => {
    const controller = new AbortController()
    let given: AbortSignal | undefined
    const send: Send = ({ signal }) => {
      given = signal
      controller.abort(reason)
      return new Promise(() => {})
    }
    await expect(limited(send, {}, controller.signal)).rejects.toBe(reason)
    expect(given?.reason).toBe(reason)
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

describe('a request that has ended', () => {
  type Way = (run: { runOut: () => void; abort: () => void }) => Send

  const never = new Promise<Response>(() => {})
  const ways: [string, Way][] = [
    ['with an answer', () => async () => new Response('in time')],
    ['with an answer without a body', () => async () => new Response(null, { status: 204 })],
    [
      'with an answer that breaks off',
      () => async () => new Response(drip().pipeThrough(broken())),
    ],
    ['with an answer too large', () => async () => new Response(bytes(1001))],
    ['with a failure', () => () => Promise.reject(new Error('connection lost'))],
    ['with a failure that is thrown at once', () => () => fail()],
    [
      'without an answer in time',
      ({ runOut }) =>
        () => {
          runOut()
          return never
        },
    ],
    [
      'with an abort',
      ({ abort }) =>
        () => {
          abort()
          return never
        },
    ],
  ]

  test.each(ways)('%s listens to nothing any more, and waits for nothing', async (_, way) => {
    const { sleep, runOut } = hourglass()
    const controller = new AbortController()
    const request = new Request('https://api.example', controller)
    const added = vi.spyOn(request.signal, 'addEventListener')
    const removed = vi.spyOn(request.signal, 'removeEventListener')
    const waiting: AbortSignal[] = []
    const send = way({ runOut, abort: () => controller.abort() })
    const limits: Limits = {
      maxBytes: 1000,
      sleep(ms, signal) {
        waiting.push(signal)
        return sleep(ms, signal)
      },
    }
    await withLimits(send, limits)(request).catch(() => {})
    expect(added.mock.calls.length).toBeGreaterThan(0)
    expect(removed.mock.calls).toEqual(added.mock.calls)
    expect(waiting.map(({ aborted }) => aborted)).toEqual([true])
  })

  test('before it was sent never listened', async () => {
    const request = new Request('https://api.example', { signal: AbortSignal.abort() })
    const added = vi.spyOn(request.signal, 'addEventListener')
    await withLimits(() => never)(request).catch(() => {})
    expect(added).not.toHaveBeenCalled()
  })

  test('well is not told to its sender as one that was given up', async () => {
    let given: AbortSignal | undefined
    const send: Send = async ({ signal }) => {
      given = signal
      return new Response('whole')
    }
    await limited(send)
    expect(given?.aborted).toBe(false)
  })
})

function fail(): never {
  throw new Error('connection lost')
}

function broken(): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({ transform: (_, body) => body.error(new Error('lost')) })
}

/** Vitest fails a run in which any rejection stays unhandled. */
test('nothing is left behind to reject when the time is up', async () => {
  const sends: Send[] = [
    async () => new Response('in time'),
    () => Promise.reject(new Error('connection lost')),
    () => fail(),
    async () => new Response(drip().pipeThrough(broken())),
  ]
  for (const send of sends) {
    const { sleep, runOut } = hourglass()
    await limited(send, { sleep }).catch(() => {})
    runOut()
  }
  const late = Promise.withResolvers<Response>()
  const { sleep, runOut } = hourglass()
  runOut()
  await expect(limited(() => late.promise, { sleep })).rejects.toMatchObject(LATE)
  late.reject(new Error('connection lost'))
  await wait(5)
})
