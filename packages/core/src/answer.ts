import { ApiError, type ErrorBody, type ErrorDetails } from './api-error.ts'
import type { Change } from './change.ts'
import type { AliasTable, LifecycleDocument } from './lifecycle-document.ts'
import type { ModelInfo } from './model.ts'
import type { Page } from './page.ts'

/** The API's messages are short. */
const MAX_MESSAGE = 500

/**
 * The page in an answer.
 *
 * @throws {ApiError} Whatever else came: an error of the API, or what is not the API's.
 * @throws The signal's reason, where the request's signal is given and aborts.
 *
 * @example
 * ```ts
 * import { listRequest, readPage } from '@models-edge/core'
 *
 * const request = listRequest({ limit: 2 }, { baseURL: 'https://models.example' })
 * const { data, has_more } = await readPage(await fetch(request))
 * console.log(data.length, has_more)
 * ```
 */
export function readPage(response: Response, signal?: AbortSignal): Promise<Page> {
  return read(response, isPageOf(isModel), signal)
}

/** The page of changes in an answer, likewise. */
export function readChanges(response: Response, signal?: AbortSignal): Promise<Page<Change>> {
  return read(response, isPageOf(isChange), signal)
}

/**
 * The model in an answer. Where there is none, and a models-edge names the nearest ids, the error's message
 * names the nearest of them.
 *
 * @throws {ApiError} and the signal's reason, as `readPage` does.
 */
export async function readModel(response: Response, signal?: AbortSignal): Promise<ModelInfo> {
  try {
    return await read(response, isModel, signal)
  } catch (error) {
    throw withNearest(error)
  }
}

/** A new error, since the stack of the first one has its message. */
function withNearest(error: unknown): unknown {
  if (!(error instanceof ApiError)) return error
  const near = text(error.details?.suggestions?.[0])?.slice(0, MAX_MESSAGE)
  if (!near) return error
  return new ApiError(`${error.message}. Did you mean ${near}?`, error)
}

/**
 * The lifecycle document of a models-edge in an answer, or in a copy of one that was kept.
 *
 * @throws {ApiError} and the signal's reason, as `readPage` does.
 *
 * @example
 * ```ts
 * import { readLifecycle, standingOf } from '@models-edge/core'
 *
 * const lives = await readLifecycle(await fetch('https://models.example/v1/lifecycle'))
 * console.log(standingOf(lives, 'claude-haiku-4-5', new Date()).kind)
 * ```
 */
export function readLifecycle(
  response: Response,
  signal?: AbortSignal,
): Promise<LifecycleDocument> {
  return read(response, isLifecycle, signal)
}

async function read<Body>(
  response: Response,
  isWanted: Is<Body>,
  signal: AbortSignal | undefined,
): Promise<Body> {
  const { headers, ok, status } = response
  let body: Loose<ErrorBody>
  let cause: unknown
  try {
    body = await response.json()
    if (ok && isWanted(body)) return body
  } catch (error) {
    signal?.throwIfAborted()
    cause = error
  }
  const told = ok ? undefined : (body?.error as Loose<ErrorBody['error']>)
  // A browser hides a redirect that is not followed behind the status 0.
  const came = `status ${status || '3xx'} with ${headers.get('content-type') ?? 'no content'}`
  const lack = cause ? 'no whole JSON' : 'other JSON'
  const expected = `Expected an answer of the Models API, got ${lack}: ${came}`
  const message = text(told?.message)?.slice(0, MAX_MESSAGE) || expected
  throw new ApiError(message, {
    status,
    type: text(told?.type) ?? 'api_error',
    requestId: headers.get('request-id') ?? text(body?.request_id),
    details: told?.details as ErrorDetails | null | undefined,
    headers,
    cause,
  })
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** JSON that is hoped to be of a type, before anything about it is known. */
type Loose<Body> = { readonly [key in keyof Body]?: unknown } | null | undefined

type Is<Body> = (body: unknown) => body is Body

function isPageOf<Item>(isItem: Is<Item>): Is<Page<Item>> {
  return (body): body is Page<Item> => {
    const page = body as Loose<Page<Item>>
    return (
      Array.isArray(page?.data) && page.data.every(isItem) && typeof page.has_more === 'boolean'
    )
  }
}

function isModel(body: unknown): body is ModelInfo {
  return typeof (body as Loose<ModelInfo>)?.id === 'string'
}

function isChange(body: unknown): body is Change {
  const change = body as Loose<Change>
  return typeof change?.id === 'string' && typeof change.type === 'string'
}

function isLifecycle(body: unknown): body is LifecycleDocument {
  const document = body as Loose<LifecycleDocument>
  return (
    Array.isArray(document?.models) &&
    document.models.every(isModel) &&
    [document.aliases, document.past_aliases].every(isAliasTable)
  )
}

function isAliasTable(table: unknown): table is AliasTable {
  if (typeof table !== 'object' || table === null) return false
  return Object.values(table).every((id) => typeof id === 'string')
}
