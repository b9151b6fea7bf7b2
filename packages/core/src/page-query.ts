import { refuseUnless } from './api-error.ts'
import { MAX_LIMIT, type PageParams } from './page-params.ts'

/**
 * The limit and the cursor in a query; unknown names are passed over.
 *
 * @throws {ApiError} 400, as the API answers a bad value; where nobody knows its words, the nearest known.
 */
export function parsePageQuery(query: URLSearchParams): PageParams {
  const limit = only(query, 'limit')
  const after_id = only(query, 'after_id')
  const before_id = only(query, 'before_id')
  refuseUnless(
    after_id === undefined || before_id === undefined,
    'after_id, before_id: Only one of the two cursors can be given',
  )
  return {
    limit: limit === undefined ? undefined : parseLimit(limit),
    ...(before_id === undefined ? { after_id } : { before_id }),
  }
}

function only(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name)
  refuseUnless(values.length <= 1, `${name}: Input should be given only once`)
  return values[0]
}

function parseLimit(text: string): number {
  const should = 'limit: Input should be'
  refuseUnless(
    /^-?[0-9]+$/.test(text),
    `${should} a valid integer, unable to parse string as an integer`,
  )
  const limit = Number(text)
  refuseUnless(limit >= 1, `${should} greater than or equal to 1`)
  refuseUnless(limit <= MAX_LIMIT, `${should} less than or equal to ${MAX_LIMIT}`)
  return limit
}
