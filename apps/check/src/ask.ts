import {
  ApiError,
  getRequest,
  type LifecycleDocument,
  listRequest,
  type ModelInfo,
  readLifecycle,
  readModel,
  readPage,
  type RequestOptions,
  type Send,
} from '@models-edge/core'
import { Catalog } from './catalog.ts'
import { CheckError } from './check-error.ts'
import { KeptAnswers } from './kept-answers.ts'

export interface AskOptions {
  /** The address of a models-edge. */
  readonly from?: string | undefined
  /** Without an address, Anthropic is asked with this key. */
  readonly apiKey?: string | undefined
  /** Where Anthropic's API is, if it is not where it always is. */
  readonly anthropicURL?: string | undefined
  /** Nobody is asked: what is kept must do. */
  readonly isOffline?: boolean | undefined
  /** The folder of answers that are kept. Without one, none is. */
  readonly cache?: string | undefined
  readonly send?: Send | undefined
  readonly now?: (() => Date) | undefined
}

/** A commit waits for this: twice at most, then what was kept must do. */
const TIMEOUT_MS = 5000
const ONLINE = ['live', 'live', 'cache'] as const
const OFFLINE = ['cache'] as const
const ANTHROPIC = 'https://api.anthropic.com'
/** All models in one page: there are some twenty. */
const ALL = { limit: 1000, lifecycle: ['active', 'deprecated', 'retired'] } as const

interface Told {
  readonly document: Pick<LifecycleDocument, 'models' | 'aliases'> & Partial<LifecycleDocument>
  readonly models: readonly ModelInfo[]
}

/**
 * What is known of the models: from a models-edge, else from Anthropic with a key, else what was retired
 * when this version was made. What nobody answers is taken from what was kept. Nothing is told of the
 * files: the same is asked, whatever stands in them.
 */
export async function askCatalog(options: AskOptions): Promise<Catalog> {
  const { apiKey, cache, from, isOffline = false } = options
  const { anthropicURL = ANTHROPIC, now = () => new Date(), send = patiently } = options
  const base = from ?? (apiKey ? anthropicURL : undefined)
  if (base === undefined) return new Catalog({ source: 'history', from: null, synced_at: null })
  // What it is asked with is printed, so it can hold no password.
  if (!URL.canParse(base) || !/^https?:\/\/[^@?#]+$/i.test(base)) {
    throw new CheckError(
      'A models-edge has an address that begins with https:// or http://, without a user or a query',
    )
  }
  const read = from === undefined ? fromAnthropic : fromEdge
  // The key goes to Anthropic and to nobody else.
  const request: RequestOptions = { baseURL: base, apiKey: from === undefined ? apiKey : undefined }
  let trouble = 'nobody was asked (offline)'
  for (const source of isOffline ? OFFLINE : ONLINE) {
    const answers = new KeptAnswers(cache, now)
    const isLive = source === 'live'
    try {
      const told = await read(isLive ? answers.renewing(send) : answers.send, request)
      if (isLive) answers.keep()
      const origin = { source, from: base, synced_at: answers.oldest, ...(!isLive && { trouble }) }
      return new Catalog(origin, told.document, told.models)
    } catch (error) {
      if (isLive) trouble = reasonOf(error)
    }
  }
  return new Catalog({ source: 'history', from: base, synced_at: null, trouble })
}

function patiently(request: Request): Promise<Response> {
  return fetch(request, { signal: AbortSignal.timeout(TIMEOUT_MS) })
}

async function fromEdge(send: Send, options: RequestOptions): Promise<Told> {
  const address = `${String(options.baseURL).replace(/\/*$/, '')}/v1/lifecycle`
  const document = await readLifecycle(await send(new Request(address, { redirect: 'manual' })))
  return { document, models: await everyModel(send, options) }
}

async function fromAnthropic(send: Send, options: RequestOptions): Promise<Told> {
  const models = await everyModel(send, options)
  const aliases: Record<string, string> = {}
  // The list has no aliases. The names of that age are the ids without their dates.
  for (const { id, lifecycle } of models) {
    const alias = id.replace(/-\d{8}$/, '')
    if (alias === id || lifecycle === 'retired') continue
    const response = await send(getRequest(alias, options))
    if (response.status !== 404) aliases[alias] = (await readModel(response)).id
  }
  return { document: { models, aliases }, models }
}

async function everyModel(send: Send, options: RequestOptions): Promise<readonly ModelInfo[]> {
  const { data, has_more } = await readPage(await send(listRequest(ALL, options)))
  if (has_more) throw new Error(`it has more than ${ALL.limit} models`)
  return data
}

/** For people, without what a network's own errors say: `fetch failed` has its reason in its cause. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error
  if (!(error instanceof ApiError)) {
    return cause instanceof Error && cause.message ? `${message}: ${cause.message}` : message
  }
  const moved = error.headers?.get('location')
  if (moved) return `it is at another address: ${moved}`
  return error.status === 404 ? 'it has no such page: is it a models-edge?' : message
}
