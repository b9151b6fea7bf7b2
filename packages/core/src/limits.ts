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

/** Reads each answer whole, and gives up on one that takes too long, grows too large or breaks off. */
export function withLimits(send: Send, options: Limits = {}): Send {
  const { timeoutMs = 10_000, maxBytes = 10_000_000, sleep = pause } = options
  return async (request) => {
    const { signal } = request
    signal.throwIfAborted()
    const sending = new AbortController()
    const waiting = new AbortController()
    const aborted = Promise.withResolvers<never>()
    const leave = (): void => aborted.reject(signal.reason)
    // Not `AbortSignal.any`: what listens to it is kept as long as the longest of its signals.
    signal.addEventListener('abort', leave)
    try {
      // Raced, because a sender need not heed its signal.
      return await Promise.race([late(), aborted.promise, read()])
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
  let size = 0
  const counted = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength
        if (size <= maxBytes) return controller.enqueue(chunk)
        controller.error(
          new ApiError(`Answer over ${maxBytes} bytes`, { type: 'answer_too_large' }),
        )
      },
    }),
    { signal },
  )
  if (!counted) return response
  try {
    return new Response(await new Response(counted).arrayBuffer(), response)
  } catch (cause) {
    if (cause instanceof ApiError) throw cause
    throw new ApiError('The answer broke off', { status: 502, type: 'answer_broken', cause })
  }
}
