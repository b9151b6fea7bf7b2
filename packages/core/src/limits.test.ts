import { afterEach, describe, expect, test, vi } from 'vitest'
import { type Limits, withLimits } from './limits.ts'

interface Run {
  /** What the sender was given. */
  readonly sent: Request
  readonly runOut: () => void
  readonly abort: () => void
}

const never = new Promise<never>(() => {})
const ANSWER = { status: 200 }
const LOST = { name: 'TypeError', message: 'connection lost' }
const ENOUGH = { name: 'Error', message: 'enough' }
const LATE = { name: 'ApiError', status: 504, message: 'No whole answer within 40 ms' }
const LARGE = { type: 'answer_too_large', message: 'Answer over 1000 bytes' }
const BROKEN = { name: 'ApiError', status: 502, type: 'answer_broken', cause: LOST }

function lost(): never {
  throw new TypeError('connection lost')
}

function bytes(count: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(count).fill(32)
}

/** A body of two bytes, after which comes what the test wants. */
function body(then: () => void, cancel = () => {}): ReadableStream<Uint8Array> {
  let count = 0
  return new ReadableStream({
    pull(controller) {
      count += 1
      if (count <= 2) controller.enqueue(bytes(1))
      else then()
    },
    cancel,
  })
}

/** Sends a request. Its time runs out, and its caller aborts, when the sender says so. */
async function run(answer: (run: Run) => Promise<Response>) {
  const controller = new AbortController()
  const { promise: time, resolve: runOut } = Promise.withResolvers<void>()
  const abort = (): void => controller.abort(new Error('enough'))
  const request = new Request('https://api.example', controller)
  const added = vi.spyOn(request.signal, 'addEventListener')
  const removed = vi.spyOn(request.signal, 'removeEventListener')
  const sleep = vi.fn<Limits['sleep'] & {}>(() => time)
  let sent = request
  const limited = withLimits(
    (given) => {
      sent = given
      return answer({ sent, runOut, abort })
    },
    { timeoutMs: 40, maxBytes: 1000, sleep },
  )
  const end = await limited(request).catch((error: unknown) => error)
  return { end, sent, waits: sleep.mock.calls, added, removed, abort, runOut }
}

test.each<[string, (run: Run) => Promise<Response>, object]>([
  ['a whole answer', async () => new Response(bytes(1000)), ANSWER],
  ['an answer without a body', async () => new Response(null, { status: 204 }), { status: 204 }],
  ['a failure', async () => lost(), LOST],
  ['a failure that is thrown at once', () => lost(), LOST],
  ['a body that breaks off', async () => new Response(body(lost)), BROKEN],
  ['a body too large', async () => new Response(bytes(1001)), LARGE],
  ['a body larger than it says', async () => large({ 'content-length': '5' }), LARGE],
  ['a lack of headers', ({ runOut }) => (runOut(), never), LATE],
  ['a body that does not go on', async ({ runOut }) => new Response(body(runOut)), LATE],
  ['an abort before the headers', ({ abort }) => (abort(), never), ENOUGH],
  ['an abort before the body is whole', async ({ abort }) => new Response(body(abort)), ENOUGH],
])('a request ends with %s, and leaves nothing behind', async (_, answer, expected) => {
  const { end, sent, waits, added, removed, abort, runOut } = await run(answer)
  expect(end).toMatchObject(expected)
  // Its sender is told to stop, and why, unless all was well.
  expect(sent.signal.reason).toBe(end instanceof Error ? end : undefined)
  expect(waits).toEqual([[40, expect.objectContaining({ aborted: true })]])
  expect(added).toHaveBeenCalledOnce()
  expect(removed.mock.calls).toEqual(added.mock.calls)
  // What comes too late is heard by nobody: Vitest fails a run in which a rejection stays unhandled.
  abort()
  runOut()
})

function large(headers: Record<string, string>): Response {
  return new Response(new Blob([bytes(1001)]).stream(), { headers })
}

describe('a body that nobody waits for is no longer read', () => {
  test.each<[string, (run: Run) => () => void]>([
    ['out of time', ({ runOut }) => runOut],
    ['aborted', ({ abort }) => abort],
  ])('when it is %s', async (_, then) => {
    const { promise, resolve: cancel } = Promise.withResolvers<void>()
    await run(async (with_) => new Response(body(then(with_), cancel)))
    await promise
  })

  test('when it is too large', async () => {
    const { promise, resolve: cancel } = Promise.withResolvers<void>()
    const pull = vi.fn((controller: ReadableStreamDefaultController) =>
      controller.enqueue(bytes(100)),
    )
    await run(async () => new Response(new ReadableStream({ pull, cancel })))
    await promise
    expect(pull.mock.calls.length).toBeLessThan(20)
  })

  test('when its headers come afterwards', async () => {
    const { promise, resolve: cancel } = Promise.withResolvers<void>()
    const headers = Promise.withResolvers<Response>()
    await run(({ runOut }) => (runOut(), headers.promise))
    headers.resolve(new Response(body(() => {}, cancel)))
    await promise
  })
})

test('an answer is whole when it comes, and keeps its status and its headers', async () => {
  const headers = {
    'content-type': 'application/json',
    'request-id': 'req_1',
    // What fetch has decoded still has this header.
    'content-encoding': 'gzip',
  }
  let pulled = 0
  const stream = new ReadableStream({
    pull(controller) {
      pulled += 1
      controller.enqueue(bytes(2))
      if (pulled === 5) controller.close()
    },
  })
  const { end } = await run(
    async () => new Response(stream, { status: 429, statusText: 'Slow', headers }),
  )
  const response = end as Response
  expect(pulled).toBe(5)
  expect(response).toMatchObject({ status: 429, statusText: 'Slow' })
  expect(Object.fromEntries(response.headers)).toMatchObject(headers)
  expect((await response.arrayBuffer()).byteLength).toBe(10)
})

// What no runtime lets a program make, but a network can bring.
test.each([600, 999])('the status %i is an ApiError, not a RangeError', async (status) => {
  const { headers, body: whole } = new Response('whole')
  const odd = { status, statusText: '', headers, body: whole } as Response
  const { end } = await run(async () => odd)
  expect(end).toMatchObject({ ...BROKEN, cause: { name: 'RangeError' } })
})

test('a request is sent as it was given', async () => {
  const given = { headers: { 'x-api-key': 'k' }, redirect: 'manual' } as const
  const send = withLimits(async ({ url, method, redirect, headers }) =>
    Response.json([url, method, redirect, headers.get('x-api-key')]),
  )
  const response = await send(new Request('https://api.example/v1', given))
  expect(await response.json()).toEqual(['https://api.example/v1', 'GET', 'manual', 'k'])
})

test('a request that was aborted before is not sent, and never listened to', async () => {
  const request = new Request('https://api.example', { signal: AbortSignal.abort() })
  const added = vi.spyOn(request.signal, 'addEventListener')
  const send = vi.fn(async () => new Response())
  await expect(withLimits(send)(request)).rejects.toBe(request.signal.reason)
  expect([send.mock.calls, added.mock.calls]).toEqual([[], []])
})

describe('unless told otherwise', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  test('an answer has ten seconds of real time', async () => {
    vi.useFakeTimers()
    const end = vi.fn()
    void withLimits(() => never)(new Request('https://api.example')).catch(end)
    await vi.advanceTimersByTimeAsync(9999)
    expect(end).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(end).toHaveBeenCalledWith(expect.objectContaining({ type: 'timeout_error' }))
  })

  test('an answer may have 10 MB', async () => {
    const answers = [10_000_000, 10_000_001].map((count) => new Response(bytes(count)))
    const send = withLimits(async () => answers.shift() ?? lost())
    const response = await send(new Request('https://api.example'))
    expect((await response.arrayBuffer()).byteLength).toBe(10_000_000)
    await expect(send(new Request('https://api.example'))).rejects.toThrow('over 10000000 bytes')
  })
})
