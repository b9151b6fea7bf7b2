import { ApiError } from './api-error.ts'
import { pause, type Sleep } from './timer.ts'
import type { Send } from './walk.ts'

export interface Limits {
  /** Until the answer is whole, its body included: 10 seconds unless told. */
  readonly timeoutMs?: number | undefined
  /** How large the body may be, decoded: 10 MB unless told. */
  readonly maxBytes?: number | undefined
  /** Waits; rejects when the signal aborts. */
  readonly sleep?: Sleep | undefined
}

/**
 * Reads each answer whole, and gives up on one that takes too long, grows too large or breaks off.
 *
 * @throws {ApiError} From what it returns: 504 `timeout_error`, `answer_too_large`, 502 `answer_broken`.
 *
 * @example
 * ```ts
 * import { getModel, withLimits } from '@models-edge/core'
 *
 * const send = withLimits(fetch, { timeoutMs: 3000 })
 * await getModel(send, 'claude-haiku-4-5', { baseURL: 'https://models.example' })
 * ```
 */
export function withLimits(send: Send, options: Limits = {}): Send {
  const { timeoutMs = 10_000, maxBytes = 10_000_000, sleep = pause } = options
  return async (request) => {
    const { signal } = request
    signal.throwIfAborted()
    const sending = new AbortController()
    const waiting = new AbortController()
    let abort: (reason: unknown) => void
    // Not `Promise.withResolvers`, which Node 20 does not have.
    const aborted = new Promise<never>((_, reject) => {
      abort = reject
    })
    const leave = (): void => abort(signal.reason)
    // Not `AbortSignal.any`: what listens to it is kept as long as the longest of its signals.
    signal.addEventListener('abort', leave)
    try {
      // Raced, because a sender need not heed its signal.
      return await Promise.race([late(), aborted, read()])
    } catch (error) {
      sending.abort(error)
      throw error
    } finally {
      signal.removeEventListener('abort', leave)
      waiting.abort()
    }

    async function late(): Promise<never> {
      await sleep(timeoutMs, waiting.signal)
      const message = `No whole answer within ${timeoutMs} ms`
      throw new ApiError(message, { status: 504, type: 'timeout_error' })
    }

    async function read(): Promise<Response> {
      const { signal: heeded } = sending
      return whole(await send(new Request(request, { signal: heeded })), maxBytes, heeded)
    }
  }
}

async function whole(response: Response, maxBytes: number, signal: AbortSignal): Promise<Response> {
  if (!response.body) return response
  const reader = response.body.getReader()
  const stop = (): void => void reader.cancel(signal.reason).catch(() => undefined)
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  try {
    return new Response(await readAll(reader, maxBytes), response)
  } catch (cause) {
    if (cause instanceof ApiError) throw cause
    throw new ApiError('The answer broke off', { status: 502, type: 'answer_broken', cause })
  }
}

async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > maxBytes) {
      throw new ApiError(`Answer over ${maxBytes} bytes`, { type: 'answer_too_large' })
    }
    chunks.push(value)
  }
  const [first] = chunks
  // Stryker disable next-line ConditionalExpression: a copy of the only chunk would be the same.
  if (first && chunks.length === 1) return first
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}
