import { ApiError, errorBody, ofLifecycles, PagedList, parseListQuery } from '@models-edge/core'
import { once } from 'node:events'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { markup, models } from './models.ts'

/** A request that came to one address. */
export interface Asked {
  readonly method: string
  readonly query: string
  readonly headers: IncomingHttpHeaders
  /** When it is over: whether it was answered, and not aborted. */
  readonly answered: Promise<boolean>
}

const catalogues = { ok: models, held: models, flaky: models, markup: [markup], empty: [] } as const

/** Bodies that are no list. */
const bodies = {
  html: '<!doctype html><title>Sign in to the hotel</title>',
  cut: '{"data":[{"type":"model","id":"cla',
  'no list': '{"data":"none"}',
  nulls: '{"data":[null],"has_more":false}',
  strange: '{"data":[{"id":"a","lifecycle":7}],"has_more":false}',
} as const

export type Mood = keyof typeof catalogues | keyof typeof bodies | 'down' | 'wrong'

/** A Models API with an address for each test, whose answers are as its mood says. */
export class FakeApi {
  readonly #asked = new Map<string, Asked[]>()
  readonly #arrivals = new EventTarget()
  readonly #releases = new Map<string, () => void>()
  #count = 0

  /** The path of a new address. */
  base(mood: Mood): string {
    this.#count += 1
    return `/${encodeURIComponent(mood)}/${this.#count}`
  }

  /** What came to an address, in order. */
  asked(base: string): readonly Asked[] {
    return this.#asked.get(new URL(base).pathname) ?? []
  }

  /** The first request to an address, once it is there. */
  async first(base: string): Promise<Asked> {
    for (;;) {
      const [asked] = this.asked(base)
      if (asked) return asked
      await new Promise((heard) => this.#arrivals.addEventListener('asked', heard, { once: true }))
    }
  }

  /** Lets the request go on that a `held` address keeps waiting. */
  release(base: string): void {
    this.#releases.get(new URL(base).pathname)?.()
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, search, searchParams } = new URL(request.url ?? '', 'http://api')
    const path = pathname.replace('/v1/models', '')
    const [, mood = ''] = decodeURIComponent(path).split('/')
    const before = this.#asked.get(path) ?? []
    const { headers, method = '' } = request
    const answered = once(response, 'close').then(() => response.writableFinished)
    this.#asked.set(path, [
      ...before,
      { method, query: decodeURIComponent(search), headers, answered },
    ])
    this.#arrivals.dispatchEvent(new Event('asked'))
    const send = () =>
      say(response, before.length > 0 && mood === 'flaky' ? 'wrong' : mood, searchParams)
    if (mood === 'held') this.#releases.set(path, send)
    else send()
  }
}

function say(response: ServerResponse, mood: string, query: URLSearchParams): void {
  if (mood === 'down') {
    response.destroy()
    return
  }
  response.setHeader('access-control-allow-origin', '*')
  try {
    if (mood === 'wrong')
      throw new ApiError('There is nothing yet', { status: 503, type: 'api_error' })
    const params = parseListQuery(query)
    const list = new PagedList(catalogues[mood as keyof typeof catalogues] ?? models)
    const page = () => JSON.stringify(list.page(params, ofLifecycles(params.lifecycle)))
    response.end(bodies[mood as keyof typeof bodies] ?? page())
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    response.writeHead(error.status ?? 500).end(JSON.stringify(errorBody(error)))
  }
}
