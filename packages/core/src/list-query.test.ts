import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LIFECYCLES } from './lifecycles.ts'
import type { ListParams } from './list-params.ts'
import { parseListQuery } from './list-query.ts'
import { listRequest } from './request.ts'

const NOT_PERMITTED =
  "Input is not one of the permitted values. They are 'active', 'deprecated' and 'retired'"

test.each<[string, ListParams]>([
  ['', {}],
  ['lifecycle=active&lifecycle[]=retired', { lifecycle: ['active', 'retired'] }],
  ['limit=5&lifecycle%5B%5D=active&after_id=a', { limit: 5, lifecycle: ['active'], after_id: 'a' }],
  ['beta=true&Lifecycle=x&lifecycles=x&lifecycle[0]=x', {}],
])('%j is understood', (query, params) => {
  expect(parseListQuery(new URLSearchParams(query))).toEqual(params)
})

test.each([
  ['limit=0&lifecycle=paused', 'limit: Input should be greater than or equal to 1'],
  ['lifecycle=', `lifecycle[].0: ${NOT_PERMITTED}`],
  ['lifecycle=active,retired', `lifecycle[].0: ${NOT_PERMITTED}`],
  ['lifecycle[]=active&limit=5&lifecycle=Active', `lifecycle[].1: ${NOT_PERMITTED}`],
  ['lifecycle=active&'.repeat(4), 'lifecycle[]: Input should have at most 3 items'],
])('%j is refused', (query, message) => {
  expect(() => parseListQuery(new URLSearchParams(query))).toThrow(message)
})

test('what is refused is told all lifecycles that there are', () => {
  for (const lifecycle of LIFECYCLES) expect(NOT_PERMITTED).toContain(`'${lifecycle}'`)
})

test('what a request carries is read back as it was given', () => {
  const id = fc.oneof(fc.string(), fc.constantFrom('', 'é+%26', '中😀\0'))
  const from = fc.oneof(fc.constant({}), fc.record({ after_id: id }), fc.record({ before_id: id }))
  const filter = fc.record(
    {
      limit: fc.integer({ min: 1, max: 1000 }),
      lifecycle: fc.array(fc.constantFrom(...LIFECYCLES), { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(filter, from, (asked, cursor) => {
      const params = { ...asked, ...cursor } as ListParams
      expect(parseListQuery(new URL(listRequest(params).url).searchParams)).toEqual(params)
    }),
  )
})
