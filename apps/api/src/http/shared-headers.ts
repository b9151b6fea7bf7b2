import { cachePolicy, type CachePolicy } from './cache-policy.ts'
import { corsHeaders } from './cors.ts'

/** Headers that many answers share. They are made once and copied: to make one costs more than the rest. */
export class SharedHeaders {
  readonly #own: Readonly<Record<string, string>>
  readonly #made = new Map<CachePolicy, Headers>()

  constructor(own: Readonly<Record<string, string>> = {}) {
    this.#own = own
  }

  /** A copy to write to: JSON, until another type is set. */
  under(policy: CachePolicy): Headers {
    return new Headers(this.#made.get(policy) ?? this.#make(policy))
  }

  #make(policy: CachePolicy): Headers {
    const made = new Headers({
      ...corsHeaders,
      ...this.#own,
      'cache-control': cachePolicy[policy],
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
    })
    this.#made.set(policy, made)
    return made
  }
}
