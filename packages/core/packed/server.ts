import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ApiError, type Change, errorBody, type ModelInfo, ofLifecycles } from '../src/index.ts'
import { PagedList, parseListQuery, parsePageQuery, refuseUnless } from '../src/index.ts'

const inTenDays = new Date(Date.now() + 9.5 * 86_400_000).toISOString()

const models = new PagedList<ModelInfo>([
  model('claude-opus-5-5', 'Claude Opus 5.5'),
  model('claude-haiku-4-5-20251001', 'Claude Haiku 4.5'),
  {
    ...model('claude-sonnet-4-5-20250929', 'Claude Sonnet 4.5'),
    lifecycle: 'deprecated',
    retires_at: inTenDays,
  },
  { ...model('claude-3-haiku-20240307', 'Claude Haiku 3'), lifecycle: 'retired' },
])

const changes = new PagedList<Change>([
  change('chg_2', 'deprecated', 'claude-sonnet-4-5-20250929'),
  change('chg_1', 'released', 'claude-opus-5-5'),
])

function model(id: string, display_name: string): ModelInfo {
  return { type: 'model', id, display_name, created_at: '2026-01-01T00:00:00Z' }
}

function change(id: string, what: Change['change'], model_id: string): Change {
  return { type: 'change', id, change: what, model_id, at: '2026-11-20T00:00:00Z', seeded: false }
}

/** A Models API that wants a key, and a models-edge's changes, for programs outside this process. */
export async function serve(): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    try {
      const url = new URL(request.url ?? '', 'http://localhost')
      const told = JSON.stringify(find(url, request.headers['x-api-key']))
      response.writeHead(200, { 'content-type': 'application/json' }).end(told)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      const { status = 500 } = error
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(errorBody(error, 'req_1')))
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

function find({ pathname, searchParams }: URL, key: unknown): unknown {
  if (pathname === '/v1/changes') return changes.page(parsePageQuery(searchParams))
  refuseUnless(key, 'x-api-key header is required')
  if (pathname === '/v1/models') {
    const params = parseListQuery(searchParams)
    return models.page(params, ofLifecycles(params.lifecycle))
  }
  const asked = pathname.replace('/v1/models/', '')
  const found = models.items.find(({ id }) => asked === id || asked === id.replace(/-\d{8}$/, ''))
  if (found) return found
  throw new ApiError(`model: ${asked}`, { status: 404, type: 'not_found_error' })
}
