import { type ListParams, type Page, pageOf, parseListQuery, refuseUnless } from '@models-edge/core'
import { type Answer, jsonAnswer } from '../http/answer.ts'
import { linkHeader } from '../http/link.ts'
import type { View } from './view.ts'

/** Anything that lies in a list, as the text that goes over the wire. */
interface Listed {
  readonly id: string
  readonly lifecycle?: string | null
  readonly json: string
}

/** The page of models that a query asks for. */
export function modelsPage(view: View, query: URLSearchParams): Promise<Answer> {
  const params = parseListQuery(query)
  const carried = limitOf(params)
  for (const lifecycle of params.lifecycle ?? []) carried.append('lifecycle[]', lifecycle)
  return page(view, '/v1/models', view.models, params, carried)
}

/** The page of changes that a query asks for. */
export function changesPage(view: View, query: URLSearchParams): Promise<Answer> {
  const params = parseListQuery(onlyPaging(query))
  const carried = limitOf(params)
  // A plus sign that was not encoded arrives as a space.
  const [given, ...more] = query.getAll('since')
  refuseUnless(more.length === 0, 'since: Input should be given only once')
  const since = given?.replace(/ (?=\d\d:\d\d$)/, '+')
  if (since === undefined) return page(view, '/v1/changes', view.changes, params, carried)

  const start = parseSince(since)
  carried.set('since', since)
  // What is too old goes where a list leaves things out; it can still be a cursor.
  const changes = view.changes.map((change) =>
    Date.parse(change.at) < start ? { ...change, lifecycle: 'retired' } : change,
  )
  return page(view, '/v1/changes', changes, params, carried)
}

/** One model, with what HTTP has to say about its end. */
export function modelAnswer(view: View, name: string): Promise<Answer> | undefined {
  const model = view.find(name)
  if (!model) return undefined
  const deprecated = Date.parse(model.deprecated_at ?? '')
  const retires = new Date(model.retires_at ?? NaN)
  return jsonAnswer(model.json, {
    policy: 'data',
    changedAt: view.snapshot.changed_at,
    headers: {
      ...view.headers,
      ...(!Number.isNaN(deprecated) && { deprecation: `@${Math.floor(deprecated / 1000)}` }),
      ...(!Number.isNaN(Number(retires)) && { sunset: retires.toUTCString() }),
    },
  })
}

function page(
  view: View,
  path: string,
  listed: readonly Listed[],
  params: ListParams,
  carried: URLSearchParams,
): Promise<Answer> {
  const { data, has_more, first_id, last_id } = pageOf(listed, params)
  const models = data.map(({ json }) => json).join()
  const cursors = JSON.stringify({ has_more, first_id, last_id })
  return jsonAnswer(`{"data":[${models}],${cursors.slice(1)}`, {
    policy: 'data',
    changedAt: view.snapshot.changed_at,
    headers: {
      ...view.headers,
      ...linkHeader(path, carried, neighbours(listed, { first_id, last_id }, params)),
    },
  })
}

function neighbours(
  listed: readonly Listed[],
  { first_id, last_id }: Pick<Page<Listed>, 'first_id' | 'last_id'>,
  { lifecycle }: ListParams,
): Parameters<typeof linkHeader>[2] {
  if (first_id === null || last_id === null) return { newer: undefined, older: undefined }
  const look = { limit: 1, lifecycle }
  return {
    newer: pageOf(listed, { ...look, before_id: first_id }).data.length > 0 ? first_id : undefined,
    older: pageOf(listed, { ...look, after_id: last_id }).data.length > 0 ? last_id : undefined,
  }
}

/** The parameters of paging: changes have no lifecycle, whatever is said of one. */
function onlyPaging(query: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...query].filter(([name]) => !name.startsWith('lifecycle')))
}

function limitOf({ limit }: ListParams): URLSearchParams {
  return new URLSearchParams(limit === undefined ? {} : { limit: String(limit) })
}

function parseSince(text: string): number {
  const time = Date.parse(text)
  refuseUnless(
    /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text) &&
      !Number.isNaN(time),
    'since: Input should be a valid RFC 3339 date and time, with its offset',
  )
  return time
}
