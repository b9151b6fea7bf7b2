import { describe, expect, test } from 'vitest'
import type { PageParams } from './page-params.ts'
import { parsePageQuery } from './page-query.ts'

const NO_INTEGER = 'limit: Input should be a valid integer, unable to parse string as an integer'
const TOO_SMALL = 'limit: Input should be greater than or equal to 1'
const TOO_LARGE = 'limit: Input should be less than or equal to 1000'

function parse(query: string): PageParams {
  return parsePageQuery(new URLSearchParams(query))
}

describe('a query', () => {
  test.each<[string, PageParams]>([
    ['', {}],
    ['?', {}],
    ['limit=1', { limit: 1 }],
    ['limit=1000', { limit: 1000 }],
    ['limit=0020', { limit: 20 }],
    ['limit=%35', { limit: 5 }],
    ['after_id=a', { after_id: 'a' }],
    ['before_id=a%20b%2Bc', { before_id: 'a b+c' }],
    ['after_id=', { after_id: '' }],
    ['after_id=__proto__', { after_id: '__proto__' }],
    ['lifecycle=paused&lifecycle[]=&since=x', {}],
    ['beta=true', {}],
    ['beta=true&limit=5&cursor=x&LIMIT=x&limit[]=x', { limit: 5 }],
    ['__proto__=x&constructor=x&toString=x', {}],
  ])('%j is understood', (query, params) => {
    expect(parse(query)).toEqual(params)
  })

  test('of unknown names changes no prototype', () => {
    expect(Object.getPrototypeOf(parse('__proto__=x&__proto__[limit]=1'))).toBe(Object.prototype)
    expect(Object.keys(parse('__proto__=x'))).not.toContain('__proto__')
  })

  test.each([
    ['limit=', NO_INTEGER],
    ['limit=1e3', NO_INTEGER],
    ['limit=%205', NO_INTEGER],
    ['limit=+5', NO_INTEGER],
    ['limit=%2B5', NO_INTEGER],
    ['limit=5%20', NO_INTEGER],
    ['limit=5%0A', NO_INTEGER],
    ['limit=5.0', NO_INTEGER],
    ['limit=1.5', NO_INTEGER],
    ['limit=0x10', NO_INTEGER],
    ['limit=%EF%BC%95', NO_INTEGER],
    ['limit=%D9%A5', NO_INTEGER],
    ['limit=1_000', NO_INTEGER],
    ['limit=1,000', NO_INTEGER],
    ['limit=--1', NO_INTEGER],
    ['limit=-', NO_INTEGER],
    ['limit=ten', NO_INTEGER],
    ['limit=NaN', NO_INTEGER],
    ['limit=Infinity', NO_INTEGER],
    ['limit=true', NO_INTEGER],
    ['limit=0', TOO_SMALL],
    ['limit=-0', TOO_SMALL],
    ['limit=-1', TOO_SMALL],
    ['limit=-99999999999999999999', TOO_SMALL],
    ['limit=1001', TOO_LARGE],
    ['limit=99999999999999999999', TOO_LARGE],
    [`limit=${'9'.repeat(400)}`, TOO_LARGE],
    ['limit=5&limit=5', 'limit: Input should be given only once'],
    ['after_id=a&after_id=b', 'after_id: Input should be given only once'],
    ['before_id=a&before_id=a', 'before_id: Input should be given only once'],
    ['after_id=a&before_id=b', 'after_id, before_id: Only one of the two cursors can be given'],
    ['after_id=&before_id=', 'after_id, before_id: Only one of the two cursors can be given'],
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
