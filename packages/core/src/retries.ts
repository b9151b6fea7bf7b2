import { ApiError } from './api-error.ts'
import { retryAfterMs } from './retry-hint.ts'
import { LONGEST_TIMER_MS, pause, type Sleep } from './timer.ts'
import type { Send } from './walk.ts'

export interface RetryOptions {
  /** How often a request is tried again: twice unless told. */
  readonly retries?: number | undefined
  /** An answer that asks to wait longer than this is handed on instead: a minute unless told. */
  readonly maxWaitMs?: number | undefined
  /** Waits; rejects when the signal aborts. */
  readonly sleep?: Sleep | undefined
  /** A number from 0 to 1, for the jitter. */
  readonly random?: (() => number) | undefined
}

/**
 * Tries again as the official SDKs do: what the answer says is passing, and lost connections. Outside of
 * `withLimits`, so that each try has the limits.
 *
 * @throws What the last try throws.
 *
 * @example
 * ```ts
 * import { getModel, withLimits, withRetries } from '@models-edge/core'
 *
 * const send = withRetries(withLimits(fetch), { retries: 4 })
 * await getModel(send, 'claude-haiku-4-5', { baseURL: 'https://models.example' })
 * ```
 */
export function withRetries(send: Send, options: RetryOptions = {}): Send {
  const { retries = 2, maxWaitMs = 60_000, sleep = pause, random = Math.random } = options
  const patience = Math.min(maxWaitMs, LONGEST_TIMER_MS)
  return async (request) => {
    for (let attempt = 0; attempt < retries; attempt += 1) {
      let hint: number | undefined = 0
      try {
        const response = await send(request)
        hint = retryAfterMs(response)
        if (hint === undefined || hint > patience) return response
        // Stryker disable next-line OptionalChaining: without a body, what is thrown is caught below.
        await response.body?.cancel()
      } catch (error) {
        if (error instanceof ApiError) hint = retryAfterMs(error)
        if (hint === undefined || hint > patience || request.signal.aborted) throw error
      }
      const backoff = Math.min(500 * 2 ** attempt, 8000) * (1 - random() / 4)
      await sleep(hint || backoff, request.signal)
    }
    return send(request)
  }
}
