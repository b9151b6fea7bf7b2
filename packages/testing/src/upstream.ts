import type { IncomingHttpHeaders } from 'node:http'
import { type Listener, listen } from './listener.ts'

/** A request to upstream, as data: what writes it out shows its headers, too. */
export interface Asked {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
}

export interface Said {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

interface Behaviour {
  /** The models' texts, newest first: they are repeated to the byte. */
  models: readonly string[]
  /** Names that are no ids, and the ids that they stand for. */
  aliases?: Readonly<Record<string, string>>
  /** How many models are on a page, whatever limit is asked for. */
  pageSize?: number
  /** Answers in its place; undefined lets it answer. A promise keeps who asked waiting. */
  instead?: (asked: Asked) => Promise<Said | undefined> | Said | undefined
}

/**
 * Anthropic's API, as far as a sync asks it, to the byte: no header is looked at, and it fails only
 * as a test tells it to. The stand-in is for all else. What nobody planned is an error.
 */
export class Upstream {
  models: readonly string[]
  aliases: NonNullable<Behaviour['aliases']>
  pageSize: number
  instead: NonNullable<Behaviour['instead']>
  /** Every request so far. */
  readonly requests: Asked[] = []

  constructor({ models, aliases = {}, pageSize = Infinity, instead = () => undefined }: Behaviour) {
    this.models = models
    this.aliases = aliases
    this.pageSize = pageSize
    this.instead = instead
  }

  /** How often the list was asked for from its beginning. */
  get sweeps(): number {
    return this.requests.filter(({ url }) => /^\/v1\/models(?:\?(?!.*after_id)|$)/.test(url)).length
  }

  /** The answer to a request, whatever way it came. */
  async answer(asked: Asked): Promise<Said> {
    this.requests.push(asked)
    const { method, url } = asked
    if (method !== 'GET') throw new Error(`unexpected ${method} ${url}`)
    return (await this.instead(asked)) ?? this.#said(url)
  }

  #said(url: string): Said {
    const { pathname, searchParams } = new URL(url, 'http://upstream')
    const [, path, name] = /^(\/v1\/models)(?:\/([^/]+))?$/.exec(pathname) ?? []
    if (path === undefined) throw new Error(`unexpected GET ${url}`)
    if (name === undefined) return { status: 200, body: this.#page(searchParams.get('after_id')) }
    return this.#model(decodeURIComponent(name))
  }

  #model(name: string): Said {
    const id = this.aliases[name] ?? name
    const body = this.models.find((model) => idOf(model) === id)
    return body === undefined
      ? failing(404, 'not_found_error', `model: ${name}`)
      : { status: 200, body }
  }

  #page(after: string | null): string {
    const { models, pageSize } = this
    const start = after === null ? 0 : models.findIndex((model) => idOf(model) === after) + 1
    return listOf(models.slice(start, start + pageSize), start + pageSize < models.length)
  }
}

/** One that listens: a test may set its models, and all else of it, at any time. */
export type StartedUpstream = Upstream & Listener

export async function startUpstream(behaviour: Behaviour): Promise<StartedUpstream> {
  const upstream = new Upstream(behaviour)
  const listener = await listen(async ({ headers, method = '', url = '' }, response) => {
    const said = await upstream.answer({ headers, method, url })
    response.writeHead(said.status, { 'content-type': 'application/json', ...said.headers })
    response.end(said.body)
  })
  return Object.assign(upstream, listener)
}

/** An error as the API writes it. */
export function failing(status: number, type: string, message = 'as told'): Said {
  return { status, body: JSON.stringify({ type: 'error', error: { type, message } }) }
}

/** The list of these models as the API writes it. */
export function listOf(models: readonly string[], hasMore = false): string {
  const [first, last] = [models[0], models.at(-1)].map((model) => JSON.stringify(idOf(model)))
  return `{"data":[${models.join()}],"has_more":${hasMore},"first_id":${first},"last_id":${last}}`
}

function idOf(model: string | undefined): string | null {
  return model === undefined ? null : (JSON.parse(model) as { id: string }).id
}
