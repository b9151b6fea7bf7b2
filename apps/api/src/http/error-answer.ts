import { newRequestId } from '@models-edge/core'
import { type Answer, jsonAnswer } from './answer.ts'
import type { CachePolicy } from './cache-policy.ts'
import { ClientError } from './client-error.ts'
import { corsHeaders } from './cors.ts'
import type { Platform } from '../platform/platform.ts'

const INTERNAL = 'The service failed to answer. Please try again.'

/** How each status goes over the wire. */
const wire = {
  400: { type: 'invalid_request_error', policy: 'error', headers: {} },
  404: { type: 'not_found_error', policy: 'error', headers: { 'x-should-retry': 'false' } },
  405: { type: 'invalid_request_error', policy: 'never', headers: {} },
  410: { type: 'not_found_error', policy: 'error', headers: { 'x-should-retry': 'false' } },
  503: { type: 'api_error', policy: 'never', headers: {} },
} as const satisfies Readonly<
  Record<ClientError['status'], { type: string; policy: CachePolicy; headers: object }>
>

type Refusal = Pick<ClientError, 'message' | 'status'> &
  Partial<Pick<ClientError, 'details' | 'headers' | 'shared'>>

/** Every error as the API writes it. What is no `ClientError` is nobody's business: it goes to the log. */
export function errorAnswer(error: unknown, log: Platform['log']): Answer {
  const requestId = newRequestId()
  if (!(error instanceof ClientError)) {
    logUnexpected(error, log)
    return jsonAnswer(errorJson('api_error', INTERNAL, requestId), {
      status: 500,
      policy: 'never',
      requestId,
    })
  }
  return refusal(error, requestId)
}

/** What a client is told, without an error that would have to be thrown. */
export function refusal(
  { details, headers = {}, message, shared, status }: Refusal,
  requestId = newRequestId(),
): Answer {
  const { type, policy, headers: ofStatus } = wire[status]
  return jsonAnswer(errorJson(type, message, requestId, details), {
    status,
    policy,
    requestId,
    ...(shared && { shared }),
    headers: { ...headers, ...ofStatus },
  })
}

/** For the error that happens while an error is answered: nothing here can fail. */
export function lastResort(error: unknown, log: Platform['log']): Response {
  logUnexpected(error, log)
  const requestId = newRequestId()
  const headers = {
    ...corsHeaders,
    'cache-control': 'no-store',
    'content-type': 'application/json',
    'request-id': requestId,
    'x-content-type-options': 'nosniff',
  }
  return new Response(errorJson('api_error', INTERNAL, requestId), { status: 500, headers })
}

function errorJson(type: string, message: string, request_id: string, details?: unknown): string {
  // JSON leaves out what is undefined.
  return JSON.stringify({ type: 'error', error: { type, message, details }, request_id })
}

function logUnexpected(thrown: unknown, log: Platform['log']): void {
  const { message, stack } = thrown instanceof Error ? thrown : new Error(String(thrown))
  log({ event: 'error', message, stack })
}
