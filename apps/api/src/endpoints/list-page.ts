import type { Page, PagedList, PageParams } from '@models-edge/core'
import { type Answer, jsonAnswer } from '../http/answer.ts'
import { asked } from '../http/client-error.ts'
import { linkHeader } from '../http/link.ts'
import type { PublicView } from './public-view.ts'

/** Anything that lies in a list, as the text that goes over the wire. */
interface Listed {
  readonly id: string
  readonly json: string
}

interface Wanted<Item> {
  readonly path: string
  /** Of all that is in the list. */
  readonly tag: string
  readonly list: PagedList<Item & Listed>
  readonly params: PageParams
  readonly shows: (item: Item) => boolean
  /** What the pages beside it are asked for with, but for their cursors. */
  readonly carried: readonly (readonly [string, string])[]
}

/** A page of a list, with links to the pages beside it. */
export function listPage<Item>(
  { changedAt, headers }: PublicView,
  { path, tag, list, params, shows, carried }: Wanted<Item>,
): Answer {
  const { data, has_more, first_id, last_id } = asked(() => list.page(params, shows))
  const items = data.map(({ json }) => json).join()
  const cursors = JSON.stringify({ has_more, first_id, last_id })
  const { limit } = params
  const query = [...(limit === undefined ? [] : [['limit', String(limit)] as const]), ...carried]
  const isThere = (cursor: PageParams): boolean =>
    // Stryker disable next-line ObjectLiteral: a page of one is only the cheapest one
    list.page({ limit: 1, ...cursor }, shows).data.length > 0
  const links = linkHeader(
    path,
    query,
    neighbours({ has_more, first_id, last_id }, params, isThere),
  )
  return jsonAnswer(`{"data":[${items}],${cursors.slice(1)}`, {
    policy: 'data',
    tag,
    changedAt,
    shared: headers,
    headers: links,
  })
}

/** On the side that was asked for, the page itself says whether there is more. */
function neighbours(
  { has_more, first_id, last_id }: Pick<Page, 'first_id' | 'has_more' | 'last_id'>,
  { after_id, before_id }: PageParams,
  isThere: (cursor: PageParams) => boolean,
): Parameters<typeof linkHeader>[2] {
  // Stryker disable next-line ConditionalExpression,LogicalOperator,ObjectLiteral: only an empty page lacks one, and it lacks both
  if (first_id === null || last_id === null) return { newer: undefined, older: undefined }
  const [isNewer, isOlder] =
    before_id === undefined
      ? [after_id !== undefined && isThere({ before_id: first_id }), has_more]
      : [has_more, isThere({ after_id: last_id })]
  return { newer: isNewer ? first_id : undefined, older: isOlder ? last_id : undefined }
}
