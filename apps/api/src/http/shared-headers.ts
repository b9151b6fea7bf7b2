import { cachePolicy, type CachePolicy } from './cache-policy.ts'
import { corsHeaders } from './cors.ts'

/** Headers that many answers share. They are made once: to make them costs more than to copy them. */
export class SharedHeaders {
  readonly #own: Readonly<Record<string, string>>
  readonly #made = new Map<CachePolicy, Headers>()

  constructor(own: Readonly<Record<string, string>> = {}) {
    this.#own = own
  }

  /** Not to be written to. The type is JSON, unless an answer has its own. */
  under(policy: CachePolicy): Headers {
    return this.#made.get(policy) ?? this.#make(policy)
  }

  #make(policy: CachePolicy): Headers {
    const isFile = policy === 'file' || policy === 'forever'
    const made = new Headers({
      ...corsHeaders,
      // Pages that embed only what allows it load scripts so, and read data by CORS.
      ...(isFile && { 'cross-origin-resource-policy': 'cross-origin' }),
      ...this.#own,
      'cache-control': cachePolicy[policy],
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
    })
    this.#made.set(policy, made)
    return made
  }
}
