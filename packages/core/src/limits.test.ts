import { afterEach, expect, test, vi } from 'vitest'
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
const BROKEN = { status: 502, type: 'answer_broken', message: 'The answer broke off', cause: LOST }

const odd = { status: 999, headers: new Headers(), body: new Blob(['whole']).stream() } as Response

function lost(): never {
  throw new TypeError('connection lost')
}

function bytes(count: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(count).fill(32)
}

/** A body of two bytes, after which comes what the test wants. */
function body(then: () => void, cancel = () => {}): ReadableStream<Uint8Array> {
  const left = [bytes(1), bytes(1)]
  return new ReadableStream({
    pull(controller) {
      const chunk = left.pop()
      return chunk ? controller.enqueue(chunk) : then()
    },
    cancel,
  })
}

/** Sends a request. Its time runs out, and its caller aborts, when the sender says so. */
async function run(answer: (run: Run) => Promise<Response>) {
  const controller = new AbortController()
  const { promise: time, resolve: runOut } = Promise.withResolvers<void>()
  const abort = (): void => controller.abort(new Error('enough'))
  const { signal } = controller
  const headers = { 'x-api-key': 'k' }
  const request = new Request('https://api.example', { signal, headers, redirect: 'manual' })
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

afterEach(() => {
  vi.useRealTimers()
})

test.each<[string, (run: Run) => Promise<Response>, object]>([
  ['a whole answer', async () => new Response(bytes(1000)), ANSWER],
  ['an answer without a body', async () => new Response(null, { status: 204 }), { status: 204 }],
  ['a failure', async () => lost(), LOST],
  ['a failure that is thrown at once', () => lost(), LOST],
  ['a body that breaks off', async () => new Response(body(lost)), BROKEN],
  ['a body too large', async () => new Response(bytes(1001)), LARGE],
  // What no runtime lets a program make, but a network can bring.
  ['an odd status', async () => odd, { ...BROKEN, cause: { name: 'RangeError' } }],
  ['a lack of headers', ({ runOut }) => (runOut(), never), LATE],
  ['a body that does not go on', async ({ runOut }) => new Response(body(runOut)), LATE],
  ['an abort before the headers', ({ abort }) => (abort(), never), ENOUGH],
  ['an abort before the body is whole', async ({ abort }) => new Response(body(abort)), ENOUGH],
])('a request ends with %s, and leaves nothing behind', async (_, answer, expected) => {
  const { end, sent, waits, added, removed, abort, runOut } = await run(answer)
  expect(end).toMatchObject(expected)
  expect(sent).toMatchObject({ url: 'https://api.example/', method: 'GET', redirect: 'manual' })
  expect(sent.headers.get('x-api-key')).toBe('k')
  // Its sender is told to stop, and why, unless all was well.
  expect(sent.signal.reason).toBe(end instanceof Error ? end : undefined)
  expect(waits).toEqual([[40, expect.objectContaining({ aborted: true })]])
  expect(added).toHaveBeenCalledOnce()
  expect(removed.mock.calls).toEqual(added.mock.calls)
  // What comes too late is heard by nobody: Vitest fails a run in which a rejection stays unhandled.
  abort()
  runOut()
})

test.each<[string, (run: Run, cancel: () => void) => Promise<Response>]>([
  ['out of time', async ({ runOut }, cancel) => new Response(body(runOut, cancel))],
  ['aborted', async ({ abort }, cancel) => new Response(body(abort, cancel))],
  ['too large', async (_, cancel) => new Response(endless(cancel))],
  [
    'only there when the time is over',
    async ({ sent, runOut }, cancel) => {
      runOut()
      await new Promise((resolve) => sent.signal.addEventListener('abort', resolve))
      return new Response(endless(cancel))
    },
  ],
])('a body is read no further when it is %s', async (_, answer) => {
  const { promise: cancelled, resolve: cancel } = Promise.withResolvers<void>()
  expect((await run((with_) => answer(with_, cancel))).end).toBeInstanceOf(Error)
  await cancelled
})

function endless(cancel: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.enqueue(bytes(100)), cancel })
}

test('an answer is whole when it comes, and keeps its status and its headers', async () => {
  // What fetch has decoded still has this header.
  const headers = { 'request-id': 'req_1', 'content-encoding': 'gzip' }
  const pull = vi.fn((controller: ReadableStreamDefaultController) => {
    controller.enqueue(new TextEncoder().encode('whole'[pull.mock.calls.length - 1]))
    if (pull.mock.calls.length === 5) controller.close()
  })
  const slow = { status: 429, statusText: 'Slow', headers }
  const { end } = await run(async () => new Response(new ReadableStream({ pull }), slow))
  expect(pull).toHaveBeenCalledTimes(5)
  const response = end as Response
  expect(response).toMatchObject({ status: 429, statusText: 'Slow' })
  expect(Object.fromEntries(response.headers)).toMatchObject(headers)
  expect(await response.text()).toBe('whole')
})

test('a request that was aborted before is not sent, and never listened to', async () => {
  const request = new Request('https://api.example', { signal: AbortSignal.abort() })
  const added = vi.spyOn(request.signal, 'addEventListener')
  const send = vi.fn(async () => new Response())
  await expect(withLimits(send)(request)).rejects.toBe(request.signal.reason)
  expect([send.mock.calls, added.mock.calls]).toEqual([[], []])
})

test('an answer has ten seconds of real time unless told otherwise', async () => {
  vi.useFakeTimers()
  const end = vi.fn()
  void withLimits(() => never)(new Request('https://api.example')).catch(end)
  await vi.advanceTimersByTimeAsync(9999)
  expect(end).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(end).toHaveBeenCalledWith(expect.objectContaining({ type: 'timeout_error' }))
})
