import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LIFECYCLES } from './lifecycles.ts'
import type { ListParams } from './list-params.ts'
import { parseListQuery } from './list-query.ts'
import { listRequest } from './request.ts'

function parse(query: string): ListParams {
  return parseListQuery(new URLSearchParams(query))
}

describe('a query', () => {
  test.each<[string, ListParams]>([
    ['', {}],
    ['lifecycle=active', { lifecycle: ['active'] }],
    ['lifecycle[]=active', { lifecycle: ['active'] }],
    ['lifecycle%5B%5D=retired', { lifecycle: ['retired'] }],
    ['lifecycle=active&lifecycle=retired', { lifecycle: ['active', 'retired'] }],
    [
      'lifecycle=active&lifecycle[]=retired&lifecycle=deprecated',
      { lifecycle: ['active', 'retired', 'deprecated'] },
    ],
    ['limit=5&lifecycle=active&after_id=a', { limit: 5, lifecycle: ['active'], after_id: 'a' }],
    ['before_id=a', { before_id: 'a' }],
    ['beta=true&Lifecycle=x&lifecycles=x&lifecycle[0]=x', {}],
  ])('%j is understood', (query, params) => {
    expect(parse(query)).toEqual(params)
  })

  test.each([
    ['limit=0', 'limit: Input should be greater than or equal to 1'],
    ['limit=0&lifecycle=paused', 'limit: Input should be greater than or equal to 1'],
    [
      'after_id=a&before_id=b&lifecycle=active',
      'after_id, before_id: Only one of the two cursors can be given',
    ],
    ['lifecycle=', 'lifecycle[].0: Input is not one of the permitted values.'],
    ['lifecycle=Active', 'lifecycle[].0: Input is not one of the permitted values.'],
    ['lifecycle=active,retired', 'lifecycle[].0: Input is not one of the permitted values.'],
    ['lifecycle=constructor', 'lifecycle[].0: Input is not one of the permitted values.'],
    [
      'lifecycle[]=active&limit=5&lifecycle=paused',
      'lifecycle[].1: Input is not one of the permitted values.',
    ],
    [
      'lifecycle=active&lifecycle[]=active&lifecycle=retired&lifecycle[]=retired',
      'lifecycle[]: Input should have at most 3 items',
    ],
  ])('%j is refused', (query, message) => {
    expect(() => parse(query)).toThrow(
      expect.objectContaining({
        name: 'ApiError',
        status: 400,
        type: 'invalid_request_error',
        message,
      }),
    )
  })
})

test('what a request carries is read back as it was given', () => {
  const filter = fc.record(
    {
      limit: fc.integer({ min: 1, max: 1000 }),
      lifecycle: fc.array(fc.constantFrom(...LIFECYCLES), { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: [] },
  )
  const id = fc.string({ unit: 'binary' })
  const cursor = fc.oneof(
    fc.constant({}),
    fc.record({ after_id: id }),
    fc.record({ before_id: id }),
  )
  fc.assert(
    fc.property(filter, cursor, (asked, from) => {
      const params = { ...asked, ...from } as ListParams
      expect(parse(new URL(listRequest(params).url).search)).toEqual(params)
    }),
  )
})
