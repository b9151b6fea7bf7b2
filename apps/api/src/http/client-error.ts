import { ApiError } from '@models-edge/core'
import { cachePolicy } from './cache-policy.ts'
import { ALLOWED_METHODS } from './cors.ts'
import type { SharedHeaders } from './shared-headers.ts'

interface Details {
  readonly details?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Of the data that it was looked for in. */
  readonly shared?: SharedHeaders | undefined
}

/** What a client is told it did wrong, or cannot have now. What upstream answered is never one of these. */
export class ClientError extends Error {
  override readonly name = 'ClientError'
  readonly status: 400 | 404 | 405 | 410 | 503
  readonly details: unknown
  readonly headers: Readonly<Record<string, string>>
  readonly shared: SharedHeaders | undefined

  constructor(
    status: ClientError['status'],
    message: string,
    { details, headers = {}, shared }: Details = {},
  ) {
    super(message)
    this.status = status
    this.details = details
    this.headers = headers
    this.shared = shared
  }
}

export function badRequest(message: string): ClientError {
  return new ClientError(400, message)
}

/** Runs what reads a query. What `core` refuses there, the client has asked for. */
export function asked<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (error) {
    if (error instanceof ApiError && error.status === 400) throw badRequest(error.message)
    throw error
  }
}

export function notFound(message = 'Not found'): ClientError {
  return new ClientError(404, message)
}

export function methodNotAllowed(): ClientError {
  const message = `Method Not Allowed. This is a read-only copy: ${ALLOWED_METHODS}`
  return new ClientError(405, message, { headers: { allow: ALLOWED_METHODS } })
}

/** RFC 9112, 3.2. No cache may keep it: it depends on more than the URL. */
export function badHost(): ClientError {
  const headers = { 'cache-control': cachePolicy.never }
  return new ClientError(400, 'host: Input should be a host name', { headers })
}

/** By then the cron has knocked, or KV has woken up. */
export const RETRY_LATER = { 'retry-after': '30' } as const

/** Neither memory, nor KV, nor the Keeper has anything to serve. */
export function nothingToServe(): ClientError {
  const message =
    'There is no list of models yet: no sync has succeeded. Please try again later; the operator finds the reason at /health and in the log.'
  return new ClientError(503, message, { headers: RETRY_LATER })
}
