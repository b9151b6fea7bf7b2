import { readModel, readPage } from './answer.ts'
import { ApiError } from './api-error.ts'
import type { ListParams } from './list-params.ts'
import type { ModelInfo } from './model.ts'
import type { Page } from './page.ts'
import { getRequest, listRequest, type RequestOptions } from './request.ts'

/** Anything that answers requests: `fetch`, a decorated `fetch`, a service binding, a test's own. */
export type Send = (request: Request) => Promise<Response>

export type WalkOptions = RequestOptions & {
  /** A walk longer than this is an error: 10,000 pages unless told. */
  readonly maxPages?: number | undefined
}

/**
 * The pages from the parameters' place on: towards the newer models with `before_id`, else the older.
 * Ends after the last page, or with an error: a list is never cut short in silence, nor walked in a circle.
 */
export async function* listPages(
  send: Send,
  params: ListParams = {},
  options: WalkOptions = {},
): AsyncGenerator<Page, void, undefined> {
  const { signal, maxPages = 10_000 } = options
  const met = new Set<string>()
  for (let next = params, count = 1; ; count += 1) {
    signal?.throwIfAborted()
    const page = await readPage(await send(listRequest(next, options)), signal)
    for (const { id } of page.data) {
      if (met.size === met.add(id).size) throw astray(`it comes to ${id} twice`)
    }
    yield page
    if (!page.has_more) return
    const cursor = params.before_id === undefined ? 'after_id' : 'before_id'
    const reached = cursor === 'after_id' ? page.last_id : page.first_id
    if (!reached || page.data.length === 0) throw astray('it has more, but no cursor')
    if (reached === next[cursor]) throw astray('its cursor does not advance')
    if (!(count < maxPages)) throw astray(`it has more than ${maxPages} pages`)
    next = { ...params, [cursor]: reached }
  }
}

/** The models of the pages that `listPages` walks, one by one, requested as they are needed. */
export async function* listModels(
  send: Send,
  params: ListParams = {},
  options: WalkOptions = {},
): AsyncGenerator<ModelInfo, void, undefined> {
  for await (const { data } of listPages(send, params, options)) {
    for (const model of data) {
      options.signal?.throwIfAborted()
      yield model
    }
  }
}

/** One model, by its id or an alias. */
export async function getModel(
  send: Send,
  id: string,
  options: RequestOptions = {},
): Promise<ModelInfo> {
  return readModel(await send(getRequest(id, options)), options.signal)
}

function astray(why: string): ApiError {
  return new ApiError(`The list cannot be walked to its end: ${why}`, { type: 'bad_pagination' })
}
