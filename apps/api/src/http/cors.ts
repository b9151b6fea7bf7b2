import { newRequestId } from '@models-edge/core'

const exposed =
  'Cache-Status, Deprecation, ETag, Last-Modified, Link, request-id, Retry-After, Sunset, X-Should-Retry, X-Synced-At'

/** Every page of every origin may read every answer; there are no credentials to protect. */
export const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': exposed,
} as const

export const ALLOWED_METHODS = 'GET, HEAD, OPTIONS'

/** Names of headers, as RFC 9110, 5.6.2 has them, in a list. */
const NAMES = /^[\w!#$%&'*+.^`|~, \t-]+$/

/** More than the official SDKs send, and less than would be worth sending back. */
const MAX_ASKED = 4096

/** The answer to a preflight: whatever headers are asked for may be sent, since none is looked at. */
export function preflight({ headers }: Request): Response {
  const asked = headers.get('access-control-request-headers') ?? ''
  return new Response(null, {
    status: 204,
    headers: {
      ...corsHeaders,
      ...(asked.length <= MAX_ASKED &&
        NAMES.test(asked) && { 'access-control-allow-headers': asked }),
      'access-control-allow-methods': ALLOWED_METHODS,
      'access-control-max-age': '86400',
      allow: ALLOWED_METHODS,
      'request-id': newRequestId(),
      // Two preflights of one URL can ask for different headers.
      'cache-control': 'no-store',
    },
  })
}
