import { newRequestId } from '@models-edge/core'
import type { CachePolicy } from './cache-policy.ts'
import { digest } from './digest.ts'
import { SharedHeaders } from './shared-headers.ts'

/** An answer before anybody has asked: a body and headers that any number of responses share. */
export interface Answer {
  readonly status: number
  /** As text: the runtime writes it faster than bytes, and nothing has to be encoded before. */
  readonly body: string
  /** All but the length, which the runtime knows. */
  readonly headers: Headers
  /** What a client tells that has this body already. */
  readonly validators?: {
    readonly etag: string
    readonly changedAt: number | undefined
  }
}

interface Description {
  readonly status?: number
  readonly policy: CachePolicy
  readonly shared?: SharedHeaders
  readonly headers?: Readonly<Record<string, string>>
  /** When the data last changed. */
  readonly changedAt?: string | undefined
  /** A name for the data: the same data, the same tag, on every machine. */
  readonly tag?: string
  readonly requestId?: string
}

/** Raised where the same data is written otherwise: what caches have of it has another tag then. */
const WRITING = 1

const everywhere = new SharedHeaders()
const encoder = new TextEncoder()

/** Where no tag is given, nobody can ask whether it is still the same. */
export function jsonAnswer(json: string, description: Description): Answer {
  const { tag } = description
  return answerOf(json, tag === undefined ? undefined : `"${WRITING}-${tag}"`, description)
}

/** A text as an answer, with a tag of its bytes. */
export async function textAnswer(
  text: string,
  type: string,
  description: Description,
): Promise<Answer> {
  const { policy, status = 200 } = description
  const isKept = status === 200 && policy !== 'never'
  const etag = isKept ? `"${await digest(encoder.encode(text))}"` : undefined
  const headers = { ...description.headers, 'content-type': type }
  return answerOf(text, etag, { ...description, headers })
}

function answerOf(
  body: string,
  etag: string | undefined,
  { status = 200, policy, shared = everywhere, ...rest }: Description,
): Answer {
  const { changedAt, headers: own = {}, requestId = newRequestId() } = rest
  const headers = shared.under(policy)
  headers.set('request-id', requestId)
  for (const [name, value] of Object.entries(own)) headers.set(name, value)
  if (etag === undefined) return { status, body, headers }
  headers.set('etag', etag)
  const time = changedAt === undefined ? undefined : new Date(changedAt)
  if (time) headers.set('last-modified', time.toUTCString())
  return { status, body, headers, validators: { etag, changedAt: time?.getTime() } }
}
