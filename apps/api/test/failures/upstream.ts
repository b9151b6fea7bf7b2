import { type Listener, listen } from '@models-edge/testing/listener'
import { listOf } from '../started/recorded-upstream.ts'

export interface Said {
  readonly status: number
  readonly body: string
  readonly type?: string
}

/** Anthropic's API, in as few words as these tests need. */
export class Upstream {
  /** The models' texts, newest first. */
  models: readonly string[]
  aliases: Readonly<Record<string, string>>
  /** Path and query of every request. */
  readonly requests: string[] = []
  /** Answers in its place; undefined lets it answer. */
  instead: (path: string) => Promise<Said | undefined> | Said | undefined = () => undefined

  constructor(models: readonly object[], aliases: Readonly<Record<string, string>> = {}) {
    this.models = models.map((model) => JSON.stringify(model))
    this.aliases = aliases
  }

  get sweeps(): number {
    return this.requests.filter((path) => path.startsWith('/v1/models?')).length
  }

  start(): Promise<Listener> {
    return listen(async ({ url = '' }, response) => {
      this.requests.push(url)
      const {
        body,
        status,
        type = 'application/json',
      } = (await this.instead(url)) ?? this.#said(url)
      response.writeHead(status, { 'content-type': type }).end(body)
    })
  }

  #said(url: string): Said {
    const { pathname } = new URL(url, 'http://upstream')
    if (pathname === '/v1/models') return { status: 200, body: listOf(this.models) }
    const name = decodeURIComponent(pathname.replace('/v1/models/', ''))
    const id = this.aliases[name] ?? name
    const model = this.models.find((text) => (JSON.parse(text) as { id: string }).id === id)
    return model === undefined ? noSuchModel(name) : { status: 200, body: model }
  }
}

export function noSuchModel(name: string): Said {
  const error = { type: 'not_found_error', message: `model: ${name}` }
  return { status: 404, body: JSON.stringify({ type: 'error', error }) }
}

export function failing(status: number, type: string): Said {
  return { status, body: JSON.stringify({ type: 'error', error: { type, message: 'as told' } }) }
}
