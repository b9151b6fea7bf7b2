import { newRequestId } from '@models-edge/core'
import { digest } from './digest.ts'
import { cachePolicy, type CachePolicy } from './cache-policy.ts'
import { corsHeaders } from './cors.ts'

/** An answer before anybody has asked: bytes and headers that any number of responses share. */
export interface Answer {
  readonly status: number
  readonly body: Uint8Array
  readonly headers: Headers
  /** What a client tells that has these bytes already. */
  readonly validators?: {
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
  /** A name for the data: the same data, the same tag, on every machine. */
  readonly tag?: string
  readonly requestId?: string
}

/** Raised where the same data is written otherwise: what caches have of it has another tag then. */
const WRITING = 1

const encoder = new TextEncoder()

/** Where no tag is given, nobody can ask whether it is still the same. */
export function jsonAnswer(json: string, description: Description): Answer {
  const { tag } = description
  const etag = tag === undefined ? undefined : `"${WRITING}-${tag}"`
  return answerOf(encoder.encode(json), 'application/json', etag, description)
}

/** A text as an answer, with a tag of its bytes. */
export async function textAnswer(
  text: string,
  type: string,
  description: Description,
): Promise<Answer> {
  const body = encoder.encode(text)
  const { policy, status = 200 } = description
  const isKept = status === 200 && policy !== 'never'
  return answerOf(body, type, isKept ? `"${await digest(body)}"` : undefined, description)
}

function answerOf(
  body: Uint8Array,
  type: string,
  etag: string | undefined,
  { status = 200, policy, changedAt, requestId = newRequestId(), headers }: Description,
): Answer {
  const time = etag === undefined || changedAt === undefined ? undefined : new Date(changedAt)
  const all = {
    ...corsHeaders,
    'cache-control': cachePolicy[policy],
    'request-id': requestId,
    'x-content-type-options': 'nosniff',
    ...headers,
    ...(etag !== undefined && { etag }),
    ...(time && { 'last-modified': time.toUTCString() }),
    'content-type': type,
    'content-length': String(body.byteLength),
  }
  return {
    status,
    body,
    headers: new Headers(all),
    ...(etag !== undefined && { validators: { etag, changedAt: time?.getTime() } }),
  }
}
