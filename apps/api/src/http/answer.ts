import { newRequestId } from '@models-edge/core'
import type { CachePolicy } from './cache-policy.ts'
import { digest } from './digest.ts'
import { SharedHeaders } from './shared-headers.ts'

/** What a client tells that has an answer's body already. */
interface Validators {
  readonly etag: string
  readonly changedAt: number | undefined
}

interface Parts {
  readonly status: number
  /** As text: the runtime writes it as fast as bytes, and nothing has to be encoded before. */
  readonly body: string
  readonly shared: Headers
  readonly own?: readonly (readonly [string, string])[]
  readonly validators?: Validators | undefined
}

/** An answer before anybody has asked. Any number of responses can be made of it. */
export class Answer {
  readonly status: number
  readonly body: string
  readonly validators: Validators | undefined
  readonly #shared: Headers
  readonly #own: readonly (readonly [string, string])[]

  constructor({ status, body, shared, own = [], validators }: Parts) {
    this.status = status
    this.body = body
    this.validators = validators
    this.#shared = shared
    this.#own = own
  }

  /** All but the length, which the runtime knows. A copy to write to. */
  get headers(): Headers {
    return this.#completed(new Headers(this.#shared))
  }

  /** With headers that are copied once, by the runtime itself: they cost more than all else here. */
  response(): Response {
    const response = new Response(this.body, { status: this.status, headers: this.#shared })
    this.#completed(response.headers)
    return response
  }

  /** The same, where many responses are to come. */
  kept(): Answer {
    const { body, headers: shared, status, validators } = this
    return new Answer({ status, body, shared, validators })
  }

  #completed(headers: Headers): Headers {
    for (const [name, value] of this.#own) headers.set(name, value)
    return headers
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
  const { changedAt, headers = {}, requestId = newRequestId() } = rest
  const own = Object.entries(headers)
  own.push(['request-id', requestId])
  const parts = { status, body, shared: shared.under(policy), own }
  if (etag === undefined) return new Answer(parts)
  own.push(['etag', etag])
  const time = changedAt === undefined ? undefined : new Date(changedAt)
  if (time) own.push(['last-modified', time.toUTCString()])
  return new Answer({ ...parts, validators: { etag, changedAt: time?.getTime() } })
}
