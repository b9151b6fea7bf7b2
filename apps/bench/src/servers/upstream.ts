import {
  ApiError,
  errorBody,
  type ModelInfo,
  newRequestId,
  ofLifecycles,
  PagedList,
  parseListQuery,
} from '@models-edge/core'
import { type Listener, listen } from '@models-edge/testing/listener'

/** The models of an upstream, newest first, and its aliases. */
export interface Catalogue {
  readonly models: readonly ModelInfo[]
  readonly aliases: Readonly<Record<string, string>>
}

/** An upstream that answers at once. */
export async function startUpstream({ models, aliases }: Catalogue): Promise<Listener> {
  const bodies = new Map<string, string>()
  const list = new PagedList(models)
  const byId = new Map(models.map((model) => [model.id, model]))
  return listen(({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://upstream')
    const name = pathname.split('/')[3]
    const found = name === undefined ? page(url, searchParams) : one(name)
    const body = found ?? JSON.stringify(errorBody(missing(name ?? ''), newRequestId()))
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    response.writeHead(found === undefined ? 404 : 200, headers).end(body)
  })

  /** Made once, so that what is measured is not how fast this is. */
  function page(url: string, query: URLSearchParams): string {
    let body = bodies.get(url)
    if (body === undefined) {
      const params = parseListQuery(query)
      body = JSON.stringify(list.page(params, ofLifecycles(params.lifecycle)))
      if (bodies.size < 1000) bodies.set(url, body)
    }
    return body
  }

  function one(name: string): string | undefined {
    const model = byId.get(aliases[name] ?? name)
    return model && JSON.stringify(model)
  }
}

function missing(name: string): ApiError {
  return new ApiError(`model: ${name}`, { status: 404, type: 'not_found_error' })
}
