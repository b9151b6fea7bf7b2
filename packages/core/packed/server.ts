import { type Listener, listen } from '@models-edge/testing/listener'
import { ApiError, type Change, errorBody, Nearest, ofLifecycles, PagedList } from '../src/index.ts'
import {
  type LifecycleDocument,
  type ModelInfo,
  parseListQuery,
  parsePageQuery,
  refuseUnless,
} from '../src/index.ts'

const retires_at = new Date(Date.now() + 9.5 * 86_400_000).toISOString()
const models = new PagedList<ModelInfo>([
  {
    ...model('claude-opus-5-5', 'Claude Opus 5.5'),
    max_input_tokens: 1_000_000,
    capabilities: { batch: { supported: true }, thinking: { supported: true } },
  },
  model('claude-haiku-4-5', 'Claude Haiku 4.5'),
  {
    ...model('claude-sonnet-4-5', 'Claude Sonnet 4.5'),
    max_input_tokens: 200_000,
    capabilities: { batch: { supported: true }, thinking: { supported: false } },
    lifecycle: 'deprecated',
    retires_at,
  },
])
const retired = model('claude-opus-4-1-20250805', 'Claude Opus 4.1')
const lives: LifecycleDocument = {
  type: 'lifecycle',
  models: [...models.items, { ...retired, lifecycle: 'retired' }],
  aliases: {},
  past_aliases: { 'claude-opus-4-1': retired.id },
  past_aliases_since: {},
}
const changes = new PagedList<Change>([change('deprecated'), change('released')])

function model(id: string, display_name: string): ModelInfo {
  return { type: 'model', id, display_name, created_at: '2026-01-01T00:00:00Z' }
}

function change(what: Change['change']): Change {
  const at = '2026-11-20T00:00:00Z'
  return { type: 'change', id: what, change: what, model_id: 'claude-opus-5-5', at, seeded: false }
}

/** A Models API that wants a key, and a models-edge's changes, for programs outside this process. */
export function serve(): Promise<Listener> {
  return listen(({ headers, url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost')
    try {
      response.end(JSON.stringify(find(pathname, searchParams, headers['x-api-key'])))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      response.writeHead(error.status ?? 500).end(JSON.stringify(errorBody(error)))
    }
  })
}

function find(path: string, query: URLSearchParams, key: unknown): unknown {
  if (path === '/v1/lifecycle') return lives
  if (path === '/v1/changes') return changes.page(parsePageQuery(query))
  refuseUnless(key, 'x-api-key header is required')
  if (path !== '/v1/models') return one(path.replace('/v1/models/', ''))
  const params = parseListQuery(query)
  return models.page(params, ofLifecycles(params.lifecycle))
}

function one(wanted: string): ModelInfo {
  const found = models.items.find(({ id }) => id === wanted)
  if (found) return found
  const suggestions = new Nearest(models.items.map(({ id }) => id)).to(wanted)
  const details = { suggestions }
  throw new ApiError(`model: ${wanted}`, { status: 404, type: 'not_found_error', details })
}
