import type { Answer } from './answer.ts'
import { parseHttpDate } from './http-date.ts'

/** The response to one request: the answer, without its body where the client wants or has none. */
export function respond({ headers, method }: Request, answer: Answer): Response {
  const { validators } = answer
  if (validators && has(headers, validators)) return notModified(answer)
  return method === 'HEAD' ? head(answer) : answer.response()
}

/** Without a body, the runtime does not know how long it would be. */
function head({ body, headers, status }: Answer): Response {
  headers.set('content-length', String(new TextEncoder().encode(body).byteLength))
  return new Response(null, { status, headers })
}

function notModified({ headers }: Answer): Response {
  headers.delete('content-type')
  return new Response(null, { status: 304, headers })
}

/** RFC 9110, 13.2.2: `If-None-Match` wins, and `If-Modified-Since` only counts without it. */
function has(headers: Headers, held: NonNullable<Answer['validators']>): boolean {
  const tags = headers.get('if-none-match')
  if (tags !== null) return matches(tags, held.etag)
  if (held.changedAt === undefined) return false
  const since = headers.get('if-modified-since')
  // HTTP's dates have whole seconds; what is no date is to be ignored.
  return since !== null && Math.floor(held.changedAt / 1000) * 1000 <= parseHttpDate(since)
}

/** A list of tags is compared weakly: `W/"a"` is `"a"`. */
function matches(tags: string, etag: string): boolean {
  if (tags === '*') return true
  return tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}
