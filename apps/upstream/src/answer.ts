import { type ApiError, errorBody, newRequestId } from '@models-edge/core'
import { corsHeaders } from './cors.ts'

/** What the API says to whom it knows, and what a public copy must therefore not repeat. */
const owner = {
  'anthropic-organization-id': '00000000-0000-4000-8000-000000000001',
  'anthropic-workspace-id': 'wrkspc_stand_in',
}

/** An answer as the API writes it: compact JSON, a request id, and nothing about caching. */
export function answer(request: Request, body: unknown): Response {
  return json(request, JSON.stringify(body), {
    headers: { ...owner, 'request-id': newRequestId() },
  })
}

export function answerError(request: Request, error: ApiError): Response {
  const { status = 500 } = error
  const id = newRequestId()
  // The authentication layer knows neither the owner, nor does it write the id into its bodies.
  const known = status !== 401
  const headers = new Headers({ ...(known && owner), 'request-id': id })
  if (status === 404) headers.set('x-should-retry', 'false')
  for (const [name, value] of error.headers ?? []) headers.set(name, value)
  return json(request, JSON.stringify(errorBody(error, known ? id : undefined)), {
    status,
    headers,
  })
}

function json(request: Request, body: string, init: ResponseInit): Response {
  const response = new Response(body, init)
  for (const [name, value] of Object.entries({
    'content-type': 'application/json',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'strict-transport-security': 'max-age=31536000; includeSubDomains; preload',
    'x-robots-tag': 'none',
    ...corsHeaders(request),
  })) {
    response.headers.set(name, value)
  }
  return response
}
