const opening = 'anthropic-dangerous-direct-browser-access'

/** The preflight: granted only to those who name the header that says they know what they do. */
export function preflight({ headers }: Request): Response {
  const asked = headers.get('access-control-request-headers') ?? ''
  if (
    !asked
      .toLowerCase()
      .split(/\s*,\s*/)
      .includes(opening)
  ) {
    return new Response('Disallowed CORS headers', { status: 400 })
  }
  return new Response('OK', {
    headers: {
      'access-control-allow-headers': asked,
      'access-control-allow-methods': 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT',
      'access-control-allow-origin': '*',
      'access-control-max-age': '600',
    },
  })
}

/** What the API adds to an answer that goes to a page of another origin. */
export function corsHeaders({ headers }: Request): Record<string, string> {
  if (!headers.has('origin')) return {}
  if (!headers.has(opening)) return { 'access-control-allow-credentials': 'true' }
  return {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': '*',
    vary: `Origin, Access-Control-Request-Headers, ${opening}, Accept-Encoding`,
  }
}
