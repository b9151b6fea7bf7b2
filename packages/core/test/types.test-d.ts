import {
  type Capabilities,
  type Change,
  type ErrorBody,
  type ErrorType,
  followChanges,
  getRequest,
  type Lifecycle,
  listModels,
  listPages,
  listRequest,
  type ModelInfo,
  ofLifecycles,
  type Open,
  type Page,
  PagedList,
  type PageParams,
  parseListQuery,
  parsePageQuery,
  retirementStatus,
  withLimits,
  withRetries,
} from '../src/index.ts'

// Nothing here is run. All of it must compile, but for the lines that expect an error.

type Same<A, B> = [A, B] extends [B, A] ? true : false

declare const text: string
declare const lifecycle: Lifecycle
declare const signal: AbortSignal | undefined

const fourFields: ModelInfo = {
  type: 'model',
  id: 'claude-2.1',
  display_name: 'Claude 2.1',
  created_at: '2023-11-21T00:00:00Z',
}

export const parameters = [
  listRequest(),
  listRequest({}),
  listRequest({ limit: 5, lifecycle: ['active', lifecycle], after_id: text }),
  listRequest({ limit: undefined, lifecycle: undefined, before_id: text }),
  listRequest({ after_id: undefined, before_id: undefined }),
  listRequest(parseListQuery(new URLSearchParams(text))),
  listRequest({ lifecycle: ['retired'] as const }),
  // @ts-expect-error one cursor, not both
  listRequest({ after_id: text, before_id: text }),
  // @ts-expect-error no number
  listRequest({ limit: '5' }),
  // @ts-expect-error no number
  listRequest({ limit: null }),
  // @ts-expect-error a lifecycle that no list can be filtered by
  listRequest({ lifecycle: ['paused'] }),
  // @ts-expect-error any string
  listRequest({ lifecycle: [text] }),
  // @ts-expect-error no array
  listRequest({ lifecycle: 'active' }),
  // @ts-expect-error an unknown name
  listRequest({ offset: 5 }),
  // @ts-expect-error an unknown name
  listRequest({ afterId: text }),
  // @ts-expect-error no id
  getRequest(),
  // @ts-expect-error no string
  getRequest(5),
  new PagedList([fourFields]).page({ limit: 5 }, ofLifecycles()),
  new PagedList([fourFields]).page(parsePageQuery(new URLSearchParams(text))),
  new PagedList([fourFields]).page(parseListQuery(new URLSearchParams(text))),
  new PagedList([{ id: text }], (cursor) => ({ before: cursor.length, after: 0 })).page(),
  ofLifecycles(parseListQuery(new URLSearchParams(text)).lifecycle)({ lifecycle: text }),
  parsePageQuery(new URLSearchParams(text)) satisfies PageParams,
  // @ts-expect-error one cursor, not both
  new PagedList([]).page({ after_id: text, before_id: text }),
  // @ts-expect-error no parameter of a page
  new PagedList([]).page({ lifecycle: [lifecycle] }),
  // @ts-expect-error no ids
  new PagedList([{ name: text }]),
  // @ts-expect-error a place has two sides
  new PagedList([{ id: text }], () => ({ after: 0 })),
  // @ts-expect-error any string
  ofLifecycles([text]),
  // @ts-expect-error no number
  listModels(fetch, { limit: '5' }),
  // @ts-expect-error one cursor, not both
  listPages(fetch, { after_id: text, before_id: text }),
]

export const options = [
  listRequest({}, { apiKey: text, baseURL: new URL(text), betas: [text], signal }),
  listRequest({}, { authToken: text, headers: { 'x-trace': text }, version: text }),
  listRequest({}, { apiKey: undefined, authToken: undefined, workspaceId: undefined }),
  listModels(fetch, {}, { apiKey: text, maxPages: 5 }),
  listModels(withRetries(withLimits(fetch, { timeoutMs: 5 }), { retries: 1 })),
  withLimits(fetch, { timeoutMs: undefined, maxBytes: undefined, sleep: async () => {} }),
  withRetries(fetch, { retries: undefined, maxWaitMs: undefined, sleep: undefined }),
  followChanges(fetch, { baseURL: new URL(text) }),
  followChanges(fetch, { baseURL: text, cursor: text, everyMs: 5, signal, sleep: async () => {} }),
  // @ts-expect-error there is no default
  followChanges(fetch, { cursor: text }),
  // @ts-expect-error a models-edge wants no key
  followChanges(fetch, { baseURL: text, apiKey: text }),
  // @ts-expect-error one credential, not both
  listRequest({}, { apiKey: text, authToken: text }),
  // @ts-expect-error one credential, not both
  listModels(fetch, {}, { apiKey: text, authToken: text }),
  // @ts-expect-error a list
  listRequest({}, { betas: text }),
  // @ts-expect-error the option of a walk
  listRequest({}, { maxPages: 5 }),
  // @ts-expect-error an unknown name
  listRequest({}, { baseUrl: text }),
  // @ts-expect-error an unknown name
  withLimits(fetch, { timeout: 5 }),
  // @ts-expect-error an unknown name
  withRetries(fetch, { maxRetries: 5 }),
  // @ts-expect-error no answer
  withRetries(async () => text),
]

export const models: readonly ModelInfo[] = [
  fourFields,
  { ...fourFields, line: 'opus', lifecycle: 'active', capabilities: null, retires_at: null },
  { ...fourFields, line: 'saga', lifecycle: 'paused', max_tokens: null },
  { ...fourFields, line: text, lifecycle: text },
  { ...fourFields, capabilities: { thinking: { supported: true, types: { adaptive: null } } } },
  // @ts-expect-error no name
  { type: 'model', id: text, created_at: text },
  // @ts-expect-error no model
  { ...fourFields, type: 'snapshot' },
  // @ts-expect-error no number
  { ...fourFields, max_tokens: '5' },
  // @ts-expect-error no leaf
  { ...fourFields, capabilities: { batch: true } },
]

const change: Change = {
  type: 'change',
  id: text,
  change: 'changed',
  model_id: text,
  at: text,
  seeded: false,
}

export const changes: readonly Change[] = [
  change,
  { ...change, change: 'unheard_of', fields: [text], values: { max_tokens: { from: 1, to: [] } } },
  { ...change, values: { price: { to: text }, max_tokens: { from: undefined } } },
  { ...change, retires_at: { from: null, to: text }, model: fourFields },
  // @ts-expect-error both dates
  { ...change, retires_at: { to: text } },
  // @ts-expect-error no change
  fourFields,
]

type Pages = ReturnType<typeof listPages>
type Custom = ModelInfo & { readonly price: number }

export const types = [
  // An open set keeps its known values apart from `string`, so that editors suggest them.
  true satisfies Same<Extract<Open<'a' | 'b'>, 'a' | 'b'>, 'a' | 'b'>,
  true satisfies Same<Extract<ModelInfo['lifecycle'], Lifecycle>, Lifecycle>,
  true satisfies Same<Extract<ModelInfo['line'], 'mythos'>, 'mythos'>,
  true satisfies Same<Extract<ErrorBody['error']['type'], ErrorType>, ErrorType>,
  true satisfies Same<Same<Extract<string, 'a'>, 'a'>, false>,
  text satisfies Open<'a'>,
  true satisfies Same<Pages, AsyncGenerator<Page, void, undefined>>,
  true satisfies Same<ReturnType<PagedList<Custom>['page']>, Page<Custom>>,
  true satisfies Same<Extract<Change['change'], 'removed'>, 'removed'>,
  true satisfies Same<ReturnType<typeof followChanges>, AsyncGenerator<Change, void, undefined>>,
  true satisfies Same<keyof Capabilities & 'server_tools', 'server_tools'>,
]

export function retiring(model: ModelInfo | undefined, now: Date | number): Date | undefined {
  const standing = retirementStatus(model, now)
  if (standing.status === 'overdue') return standing.retiresAt
  // @ts-expect-error only a deprecated model has days left
  if (standing.daysLeft) return undefined
  if (standing.status === 'deprecated') return standing.retiresAt
  // @ts-expect-error nothing else has a date
  return standing.retiresAt
}
