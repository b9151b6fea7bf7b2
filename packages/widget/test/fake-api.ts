import {
  ApiError,
  errorBody,
  type ModelInfo,
  ofLifecycles,
  PagedList,
  parseListQuery,
} from '@models-edge/core'
import type {
  IncomingHttpHeaders,
  IncomingMessage,
  RequestListener,
  ServerResponse,
} from 'node:http'
import { bare, manyModels, markedUp, models } from './models.ts'
import { listen } from './server.ts'

/** A request that came to one base. */
export interface Asked {
  readonly method: string
  readonly query: string
  readonly headers: IncomingHttpHeaders
  aborted: boolean
}

export interface FakeApi {
  readonly url: string
  /** The same for a server that has other things to serve too. */
  readonly listener: RequestListener
  /** A base of its own, in a mood: `src` for one test. */
  base(mood: Mood): string
  /** What came to that base, in order. */
  asked(base: string): readonly Asked[]
  /** Lets those go on that a `held` base keeps waiting. */
  release(base: string): void
  stop(): void
}

const catalogues = {
  ok: models,
  held: models,
  flaky: models,
  bare,
  empty: [],
  markup: markedUp,
  thousand: manyModels(1000),
} as const satisfies Record<string, readonly ModelInfo[]>

/** Bodies that are no list, and their content types. */
const bodies = {
  html: ['text/html', '<!doctype html><title>Sign in to the hotel</title>'],
  cut: ['application/json', '{"data":[{"type":"model","id":"cla'],
  'no-list': ['application/json', '{"data":"none"}'],
  nulls: ['application/json', '{"data":[null],"has_more":false}'],
  strange: ['application/json', '{"data":[{"id":"a","lifecycle":7}],"has_more":false}'],
} as const

export type Mood = keyof typeof catalogues | keyof typeof bodies | 'down' | 'wrong'

/** A Models API on a port of its own, and so of another origin than the pages. */
export async function startFakeApi(widget: string): Promise<FakeApi> {
  const log = new Map<string, Asked[]>()
  const held = new Map<string, (() => void)[]>()

  const listener: RequestListener = (request, response) => {
    const { pathname, search } = new URL(request.url ?? '', 'http://api')
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('content-type', 'application/json')
    if (pathname === '/widget.js') {
      response.setHeader('content-type', 'text/javascript')
      response.end(widget)
      return
    }
    const path = pathname.replace(/\/v1\/models$/, '')
    if (path === pathname) throw new Error(`unexpected URL ${request.url}`)
    const asked: Asked = {
      method: request.method ?? '',
      query: decodeURIComponent(search),
      headers: request.headers,
      aborted: false,
    }
    const all = log.get(path) ?? []
    log.set(path, [...all, asked])
    response.on('close', () => {
      asked.aborted = !response.writableFinished
    })
    const mood = (path.split('/')[1] ?? 'ok') as Mood | ''
    if (mood === 'held') {
      held.set(path, [...(held.get(path) ?? []), () => answer('ok', request, response)])
      return
    }
    if (mood === 'flaky' && all.length > 0) answer('wrong', request, response)
    else answer(mood === '' ? 'ok' : mood, request, response)
  }
  const { server, url } = await listen(listener)

  let bases = 0
  return {
    url,
    listener,
    base: (mood) => `${url}/${mood}/${++bases}`,
    asked: (base) => log.get(base.replace(url, '')) ?? [],
    release: (base) => {
      for (const go of held.get(base.replace(url, '')) ?? []) go()
    },
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function answer(mood: Mood, request: IncomingMessage, response: ServerResponse): void {
  if (mood === 'down') {
    request.socket.destroy()
    return
  }
  if (mood in bodies) {
    const [type, body] = bodies[mood as keyof typeof bodies]
    response.setHeader('content-type', type).end(body)
    return
  }
  try {
    if (mood === 'wrong')
      throw new ApiError('Internal server error', { status: 500, type: 'api_error' })
    const query = parseListQuery(new URL(request.url ?? '', 'http://api').searchParams)
    const list = new PagedList(catalogues[mood as keyof typeof catalogues])
    response.end(JSON.stringify(list.page(query, ofLifecycles(query.lifecycle))))
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    response.writeHead(error.status ?? 500).end(JSON.stringify(errorBody(error, 'req_1')))
  }
}
