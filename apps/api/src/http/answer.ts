import { newRequestId } from '@models-edge/core'
import { digest } from './digest.ts'
import { cachePolicy, type CachePolicy } from './cache-policy.ts'
import { corsHeaders } from './cors.ts'

/** An answer before anybody has asked: bytes and headers that any number of responses share. */
export interface Answer {
  readonly status: number
  readonly body: Uint8Array
  readonly headers: Headers
  /** For a client that has these bytes already: the same headers but for those of a body. */
  readonly notModified?: {
    readonly headers: Headers
    readonly etag: string
    readonly changedAt: number | undefined
  }
}

interface Description {
  readonly status?: number
  readonly policy: CachePolicy
  readonly headers?: Readonly<Record<string, string>>
  /** When the data last changed. */
  readonly changedAt?: string | undefined
  readonly requestId?: string
}

const encoder = new TextEncoder()

export function jsonAnswer(json: string, description: Description): Promise<Answer> {
  return textAnswer(json, 'application/json', description)
}

/** A text as an answer. The tag is of the bytes alone: the same data, the same tag, on every machine. */
export async function textAnswer(
  text: string,
  type: string,
  { status = 200, policy, changedAt, requestId = newRequestId(), headers }: Description,
): Promise<Answer> {
  const body = encoder.encode(text)
  const shared = {
    ...corsHeaders,
    'cache-control': cachePolicy[policy],
    'request-id': requestId,
    'x-content-type-options': 'nosniff',
    ...headers,
  }
  const ofBody = { 'content-type': type, 'content-length': String(body.byteLength) }
  if (status !== 200 || policy === 'never') {
    return { status, body, headers: new Headers({ ...shared, ...ofBody }) }
  }
  const etag = `"${await digest(body)}"`
  const time = changedAt === undefined ? undefined : new Date(changedAt)
  const validated = { ...shared, etag, ...(time && { 'last-modified': time.toUTCString() }) }
  return {
    status,
    body,
    headers: new Headers({ ...validated, ...ofBody }),
    notModified: { headers: new Headers(validated), etag, changedAt: time?.getTime() },
  }
}
