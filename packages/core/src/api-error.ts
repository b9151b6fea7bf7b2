import type { Open } from './model.ts'

/** The API's error types. */
export type ErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'permission_error'
  | 'not_found_error'
  | 'request_too_large'
  | 'rate_limit_error'
  | 'api_error'
  | 'timeout_error'
  | 'overloaded_error'

/** What a models-edge adds to some errors, as it writes it: others may add anything, and most add nothing. */
export interface ErrorDetails {
  /** Of a model that does not exist: the ids and aliases nearest to it, the nearest first. */
  readonly suggestions?: readonly string[]
  /** Of a name that stood for a model, and stands for none any more: the id of that model. */
  readonly was?: string
  /** Of a cursor that is older than the history: where to follow from. */
  readonly newest_id?: string | null
  /** Of a line that does not exist: the lines that there are. */
  readonly lines?: readonly string[]
  readonly [name: string]: unknown
}

/** The body of every error, as the API writes it. */
export interface ErrorBody {
  readonly type: 'error'
  readonly error: {
    readonly type: Open<ErrorType>
    readonly message: string
    readonly details?: ErrorDetails | null | undefined
  }
  /** Missing from answers of the API's authentication layer. */
  readonly request_id?: string | null | undefined
}

interface Fields {
  /** The status of the answer, or of the one that the API would give; undefined where none came. */
  readonly status?: number | undefined
  /** The API's type; `answer_broken`, `answer_too_large` and `bad_pagination` are core's own. */
  readonly type: Open<ErrorType>
  readonly requestId?: string | null | undefined
  /** What the service adds to some errors beside the message. */
  readonly details?: ErrorDetails | null | undefined
  /** The answer's headers. */
  readonly headers?: Headers
  readonly cause?: unknown
}

/**
 * A request that was refused before it was sent, answered with an error, or answered with something that
 * is not the API's. A lost connection and an abort stay what the runtime makes of them.
 * `retryAfterMs(error)` says when to try again.
 *
 * @example
 * ```ts
 * import { ApiError, getModel } from '@models-edge/core'
 *
 * try {
 *   await getModel(fetch, 'claude-opus-5.6', { baseURL: 'https://models.example' })
 * } catch (error) {
 *   if (!(error instanceof ApiError)) throw error
 *   console.log(error.status, error.message, error.details?.suggestions)
 * }
 * ```
 */
export class ApiError extends Error implements Fields {
  override readonly name = 'ApiError'
  declare readonly status: Fields['status']
  declare readonly type: Fields['type']
  declare readonly requestId: Fields['requestId']
  declare readonly details: Fields['details']
  declare readonly headers?: Headers

  constructor(message: string, fields: Fields) {
    super(message, fields)
    Object.assign(this, fields)
    // Until its stack is read, V8 keeps who called, and with them the options and the key in them.
    void this.stack
  }
}

/**
 * Throws, unless all is well, that the request is wrong and would be wrong again.
 *
 * @throws {ApiError} 400 `invalid_request_error`, with the message.
 */
export function refuseUnless(well: unknown, message: string): asserts well {
  if (!well) throw new ApiError(message, { status: 400, type: 'invalid_request_error' })
}

/** The error as the API would write it. */
export function errorBody({ type, message, details }: ApiError, requestId?: string): ErrorBody {
  // JSON leaves out what is undefined.
  return { type: 'error', error: { type, message, details }, request_id: requestId }
}
