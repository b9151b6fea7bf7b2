import type { ApiError, Change, Comparison, ErrorBody, ErrorType, Lifecycle } from './index.ts'
import type { LifecycleDocument, ModelInfo, Open, Page, Standing } from './index.ts'
import { compareModels, readLifecycle, standingOf } from './index.ts'
import { followChanges, listModels, listRequest, parseListQuery } from './index.ts'
import { ofLifecycles, PagedList, retirementStatus, withLimits, withRetries } from './index.ts'

// Nothing here is run. All of it must compile, but for the lines that expect an error.

type Same<A, B> = [A, B] extends [B, A] ? true : false

declare const text: string
declare const lifecycle: Lifecycle
declare const model: ModelInfo
declare const four: Pick<Required<ModelInfo>, 'type' | 'id' | 'display_name' | 'created_at'>
declare const change: Omit<
  Change,
  'retires_at' | 'fields' | 'values' | 'alias' | 'stands_for' | 'model'
>
declare const lives: LifecycleDocument
declare const named: Standing
declare const error: ApiError
declare const maybe: string | undefined
const standing = retirementStatus(model, new Date())

export const compiled: unknown = [
  listRequest({ limit: 5, lifecycle: ['active', lifecycle], after_id: text }),
  listRequest({ limit: undefined, lifecycle: ['retired'] as const, before_id: text }),
  listRequest(parseListQuery(new URLSearchParams(text))),
  // @ts-expect-error one cursor, not both
  listRequest({ after_id: text, before_id: text }),
  // @ts-expect-error any string
  listRequest({ lifecycle: [text] }),
  new PagedList([model]).page({ limit: 5 }, ofLifecycles([lifecycle])),
  new PagedList([{ id: text }], (cursor) => ({ before: cursor.length, after: 0 })).page(),
  listRequest({}, { apiKey: text, baseURL: new URL(text), betas: [text], signal: undefined }),
  listModels(fetch, {}, { apiKey: undefined, authToken: text, maxPages: 5 }),
  // @ts-expect-error one credential, not both
  listModels(fetch, {}, { apiKey: text, authToken: text }),
  // @ts-expect-error nor two of which one may be missing
  listModels(fetch, {}, { apiKey: maybe, authToken: maybe }),
  error.details?.suggestions?.map((id) => id.length),
  error.details?.was?.length,
  // @ts-expect-error a service may add anything
  error.details?.['other'].length,
  followChanges(fetch, { baseURL: text, cursor: text, everyMs: 5 }),
  // @ts-expect-error there is no default
  followChanges(fetch, { cursor: text }),
  withRetries(withLimits(fetch, { timeoutMs: undefined, sleep: async () => {} }), { retries: 1 }),
  [four, { ...four, line: 'saga', lifecycle: text, capabilities: null }] satisfies ModelInfo[],
  { ...change, change: 'unheard_of', values: { price: { to: text } } } satisfies Change,
  { ...change, alias: text, stands_for: { from: text, to: null } } satisfies Change,
  // @ts-expect-error both dates
  { ...change, retires_at: { to: text } } satisfies Change,
  // An open set keeps its known values apart from `string`, so that editors suggest them.
  true satisfies Same<Extract<Open<'a' | 'b'>, 'a' | 'b'>, 'a' | 'b'>,
  true satisfies Same<Extract<ErrorBody['error']['type'], ErrorType>, ErrorType>,
  true satisfies Same<ReturnType<PagedList<{ id: '1' }>['page']>, Page<{ id: '1' }>>,
  standing.status === 'overdue' && standing.retiresAt.getTime(),
  compareModels(model, model) satisfies Comparison,
  compareModels(model, model).capabilities['thinking']?.parts?.['types']?.change,
  readLifecycle(new Response(text)) satisfies Promise<LifecycleDocument>,
  standingOf(lives, text, 0) satisfies Standing,
  named.kind === 'unknown' ? named.nearest : named.model.display_name,
  named.kind === 'past_alias' && named.status === 'removed' && [named.since, named.removedAt],
  // @ts-expect-error what is unknown stands for no model
  named.model,
  // @ts-expect-error only a deprecated model has days left
  standing.daysLeft,
]
