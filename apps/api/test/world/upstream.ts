import { expect, onTestFinished } from 'vitest'
import type { Platform } from '../../src/platform/platform.ts'

export const UPSTREAM = 'https://upstream.test'

/** The message of every error that upstream answers with. */
export const UPSTREAMS_WORDS = 'as upstream tells it'

type Headers = Readonly<Record<string, string>>

export function json(text: string, status = 200, headers: Headers = {}): Response {
  return new Response(text, {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

export function apiError(status: number, type: string, headers: Headers = {}): Response {
  const error = { type, message: UPSTREAMS_WORDS }
  return json(JSON.stringify({ type: 'error', error }), status, headers)
}

/** Anthropic's API, as far as a Keeper asks it. What nobody planned is refused, and the test fails. */
export class FakeUpstream {
  /** The models' texts, newest first. */
  texts: readonly string[] = []
  aliases: Readonly<Record<string, string>> = {}
  readonly requests: Request[] = []
  /** Answers in its place; undefined lets it answer. */
  instead: (path: string) => Promise<Response | undefined> | Response | undefined = () => undefined

  constructor() {
    const unplanned = this.#unplanned
    onTestFinished(() => expect(unplanned).toEqual([]))
  }

  readonly #unplanned: string[] = []

  list(...models: readonly object[]): void {
    this.texts = models.map((model) => JSON.stringify(model))
  }

  /** Path and query of every request. */
  get paths(): readonly string[] {
    return this.requests.map(({ url }) => url.slice(UPSTREAM.length))
  }

  get sweeps(): number {
    return this.paths.filter((path) => path.startsWith('/v1/models?')).length
  }

  /** The names that were asked for. */
  get names(): readonly string[] {
    return this.paths.flatMap((path) => /^\/v1\/models\/([^?]+)$/.exec(path)?.[1] ?? [])
  }

  readonly fetch: Platform['fetch'] = async (request) => {
    this.requests.push(request)
    const { method, url } = request
    const { origin, pathname, search } = new URL(url)
    if (method !== 'GET' || origin !== UPSTREAM) return this.#refuse(request)
    const other = await this.instead(pathname + search)
    if (other) return other
    if (pathname === '/v1/models' && search.startsWith('?limit=1000&')) {
      return json(`{"data":[${this.texts.join()}],"has_more":false}`)
    }
    const name = /^\/v1\/models\/([^/]+)$/.exec(pathname)?.[1]
    if (name === undefined || search !== '') return this.#refuse(request)
    const id = this.aliases[name] ?? name
    const model = this.texts.find((text) => (JSON.parse(text) as { id: string }).id === id)
    return model === undefined ? apiError(404, 'not_found_error') : json(model)
  }

  #refuse({ method, url }: Request): Promise<never> {
    this.#unplanned.push(`${method} ${url}`)
    return Promise.reject(new Error(`unexpected ${method} ${url}`))
  }
}
