import { ApiError } from './api-error.ts'
import { LONGEST_TIMER_MS } from './timer.ts'
import type { Send } from './walk.ts'

export interface Limits {
  /** Until the answer is whole, its body included: 10 seconds unless told. */
  readonly timeoutMs?: number | undefined
  /** How large the body may be, decoded: 10 MB unless told. */
  readonly maxBytes?: number | undefined
}

/** Reads each answer whole, and gives up on one that takes too long, grows too large or breaks off. */
export function withLimits(send: Send, options: Limits = {}): Send {
  const { timeoutMs = 10_000, maxBytes = 10_000_000 } = options
  return async (request) => {
    request.signal.throwIfAborted()
    const late = new AbortController()
    // Not `AbortSignal.timeout`: its timer cannot be cleared, and would keep some runtimes from ending.
    const timer = setTimeout(
      () => {
        const message = `No whole answer within ${timeoutMs} ms`
        late.abort(new ApiError(message, { status: 504, type: 'timeout_error' }))
      },
      Math.min(timeoutMs, LONGEST_TIMER_MS),
    )
    const signal = AbortSignal.any([request.signal, late.signal])
    // Raced, because a sender need not heed its signal.
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error))
    })
    const read = async (): Promise<Response> =>
      whole(await send(new Request(request, { signal })), maxBytes, signal)
    try {
      return await Promise.race([read(), aborted])
    } finally {
      clearTimeout(timer)
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
    signal.throwIfAborted()
    if (cause instanceof ApiError) throw cause
    throw new ApiError('The answer broke off', { status: 502, type: 'answer_broken', cause })
  }
}
