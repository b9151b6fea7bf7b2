import { refuseUnless } from './api-error.ts'
import { LIFECYCLES } from './lifecycles.ts'
import type { ListParams } from './list-params.ts'
import type { Lifecycle } from './model.ts'
import { parsePageQuery } from './page-query.ts'

/** As the API says it, and then what it does not say. */
const REFUSED =
  "Input is not one of the permitted values. They are 'active', 'deprecated' and 'retired'"

/**
 * The parameters of a list of models in a query: as `parsePageQuery`, and both spellings of `lifecycle`.
 *
 * @throws {ApiError} 400, with the API's words for what is wrong.
 */
export function parseListQuery(query: URLSearchParams): ListParams {
  return { ...parsePageQuery(query), lifecycle: parseLifecycle(query) }
}

function parseLifecycle(query: URLSearchParams): readonly Lifecycle[] | undefined {
  if (!query.has('lifecycle[]') && !query.has('lifecycle')) return undefined
  const given = [...query].filter(([name]) => name === 'lifecycle[]' || name === 'lifecycle')
  const values = given.map(([, value], position) => {
    const lifecycle = LIFECYCLES.find((known) => known === value)
    refuseUnless(lifecycle, `lifecycle[].${position}: ${REFUSED}`)
    return lifecycle
  })
  refuseUnless(values.length <= 3, 'lifecycle[]: Input should have at most 3 items')
  return values
}
