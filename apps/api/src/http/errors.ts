import { ApiError, errorBody, newRequestId } from '@models-edge/core'
import { type Answer, jsonAnswer } from './answer.ts'
import { cachePolicy } from './cache-policy.ts'
import { ALLOWED_METHODS, corsHeaders } from './cors.ts'

const TEXTS = {
  internal: 'The service failed to answer. Please try again.',
  nothing:
    'There is no list of models yet: no sync has succeeded. Please try again later; the operator finds the reason at /health and in the log.',
} as const

export function pathNotFound(): ApiError {
  return new ApiError('Not found', { status: 404, type: 'not_found_error' })
}

export function methodNotAllowed(): ApiError {
  const headers = new Headers({ allow: ALLOWED_METHODS })
  const message = `Method Not Allowed. This is a read-only copy: ${ALLOWED_METHODS}`
  return new ApiError(message, { status: 405, type: 'invalid_request_error', headers })
}

/** RFC 9112, 3.2. No cache may keep it: it depends on more than the URL. */
export function badHost(): ApiError {
  const headers = new Headers({ 'cache-control': cachePolicy.never })
  const message = 'host: Input should be a host name'
  return new ApiError(message, { status: 400, type: 'invalid_request_error', headers })
}

/** By then another place's sync, or the cron's, may have reached KV. */
export const RETRY_LATER = { 'retry-after': '30' } as const

/** Neither in memory, nor in KV, nor upstream is there anything to serve. */
export function nothingToServe(): ApiError {
  const headers = new Headers(RETRY_LATER)
  return new ApiError(TEXTS.nothing, { status: 503, type: 'api_error', headers })
}

/** Every error as the API writes it. What is no `ApiError` is nobody's business: it goes to the log. */
export function errorAnswer(thrown: unknown): Promise<Answer> {
  const error = thrown instanceof ApiError ? thrown : internalError(thrown)
  const { status = 500 } = error
  const requestId = newRequestId()
  return jsonAnswer(JSON.stringify(errorBody(error, requestId)), {
    status,
    policy: status === 400 || status === 404 ? 'error' : 'never',
    requestId,
    headers: {
      ...Object.fromEntries(error.headers ?? []),
      ...(status === 404 && { 'x-should-retry': 'false' }),
    },
  })
}

function internalError(thrown: unknown): ApiError {
  const { message, stack } = thrown instanceof Error ? thrown : new Error(String(thrown))
  // oxlint-disable-next-line no-console -- what is unexpected is a line in the log
  console.error(JSON.stringify({ event: 'error', message, stack }))
  return new ApiError(TEXTS.internal, { status: 500, type: 'api_error' })
}

/** For the error that happens while an error is answered: nothing here can fail. */
export function lastResort(thrown: unknown): Response {
  const { message } = internalError(thrown)
  const requestId = newRequestId()
  const body = { type: 'error', error: { type: 'api_error', message }, request_id: requestId }
  const headers = { ...corsHeaders, 'cache-control': 'no-store', 'request-id': requestId }
  return Response.json(body, { status: 500, headers })
}
