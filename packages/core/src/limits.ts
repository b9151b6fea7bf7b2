import { ApiError } from './api-error.ts'
import type { Send } from './walk.ts'

export interface Limits {
  /** Until the answer is whole, its body included: 10 seconds unless told. */
  readonly timeoutMs?: number
  /** How large the body may be, decoded: 10 MB unless told. */
  readonly maxBytes?: number
}

/** Reads each answer whole, and gives up on one that takes too long or grows too large. */
export function withLimits(send: Send, options: Limits = {}): Send {
  const { timeoutMs = 10_000, maxBytes = 10_000_000 } = options
  return async (request) => {
    const deadline = AbortSignal.timeout(timeoutMs)
    const signal = AbortSignal.any([request.signal, deadline])
    signal.throwIfAborted()
    // Raced, because a sender need not heed its signal.
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error))
    })
    const read = async (): Promise<Response> =>
      whole(await send(new Request(request, { signal })), maxBytes, signal)
    try {
      return await Promise.race([read(), aborted])
    } catch (cause) {
      if (!deadline.aborted) throw cause
      const message = `No whole answer within ${timeoutMs} ms`
      throw new ApiError(message, { status: 504, type: 'timeout_error', cause })
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
  return counted ? new Response(await new Response(counted).arrayBuffer(), response) : response
}
