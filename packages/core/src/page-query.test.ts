import { expect, test } from 'vitest'
import type { PageParams } from './page-params.ts'
import { parsePageQuery } from './page-query.ts'

const ONE_CURSOR = 'after_id, before_id: Only one of the two cursors can be given'

test.each<[string, PageParams]>([
  ['', {}],
  ['limit=1000', { limit: 1000 }],
  ['limit=0020', { limit: 20 }],
  ['limit=%35', { limit: 5 }],
  ['after_id=', { after_id: '' }],
  ['before_id=a%20b%2Bc', { before_id: 'a b+c' }],
  ['lifecycle=paused&__proto__=x&LIMIT=x&limit[]=x', {}],
])('%j is understood', (query, params) => {
  expect(parsePageQuery(new URLSearchParams(query))).toEqual(params)
})

test.each(['', '1e3', ' 5', '+5', '5\n', '5.0', '0x10', '５', '1_000', '--1', '-', 'NaN'])(
  'a limit of %j is no integer',
  (limit) => {
    expect(() => parsePageQuery(new URLSearchParams({ limit }))).toThrow(
      'limit: Input should be a valid integer, unable to parse string as an integer',
    )
  },
)

test.each([
  ['limit=0', 'limit: Input should be greater than or equal to 1'],
  ['limit=-99999999999999999999', 'limit: Input should be greater than or equal to 1'],
  ['limit=1001', 'limit: Input should be less than or equal to 1000'],
  [`limit=${'9'.repeat(400)}`, 'limit: Input should be less than or equal to 1000'],
  ['limit=5&limit=5', 'limit: Input should be given only once'],
  ['after_id=a&after_id=b', 'after_id: Input should be given only once'],
  ['after_id=a&before_id=b', ONE_CURSOR],
  ['after_id=&before_id=', ONE_CURSOR],
])('%j is refused', (query, message) => {
  expect(() => parsePageQuery(new URLSearchParams(query))).toThrow(message)
})
