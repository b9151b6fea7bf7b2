import { readModel, readPage } from './answer.ts'
import type { ListParams } from './list-params.ts'
import type { ModelInfo } from './model.ts'
import { walkPages } from './page-walk.ts'
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
 * A model that comes twice is an error among the first 10,000, and in each 10,000 after them. It keeps no
 * more of the models than those ids.
 *
 * @throws {ApiError} What was refused or answered with an error, and `bad_pagination`: what cannot be walked to its end.
 * @throws The signal's reason, and what `send` throws: of `fetch`, a `TypeError` where there is no connection.
 */
export function listPages(
  send: Send,
  params: ListParams = {},
  options: WalkOptions = {},
): AsyncGenerator<Page, void, undefined> {
  const ask = async (next: ListParams): Promise<Page> =>
    readPage(await send(listRequest(next, options)), options.signal)
  return walkPages(ask, params, options)
}

/**
 * The models of the pages that `listPages` walks, one by one, requested as they are needed.
 *
 * @throws What `listPages` throws.
 *
 * @example
 * ```ts
 * import { listModels, withLimits, withRetries } from '@models-edge/core'
 *
 * const send = withRetries(withLimits(fetch))
 * for await (const model of listModels(send, {}, { baseURL: 'https://models.example' })) {
 *   console.log(model.id)
 * }
 * ```
 */
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

/**
 * One model, by its id or an alias.
 *
 * @throws {ApiError} What was refused or answered with an error: 404 where there is no such model.
 * @throws The signal's reason, and what `send` throws: of `fetch`, a `TypeError` where there is no connection.
 *
 * @example
 * ```ts
 * import { getModel } from '@models-edge/core'
 *
 * const model = await getModel(fetch, 'claude-haiku-4-5', { baseURL: 'https://models.example' })
 * console.log(model.id, model.retires_at)
 * ```
 */
export async function getModel(
  send: Send,
  id: string,
  options: RequestOptions = {},
): Promise<ModelInfo> {
  return readModel(await send(getRequest(id, options)), options.signal)
}
