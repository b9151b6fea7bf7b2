import { expect, test } from 'vitest'
import { textAnswer } from '../http/answer.ts'
import { matcherOf } from './matcher.ts'
import type { Route } from './routes.ts'

function reading(...reads: readonly string[]): Route {
  return { needs: 'a view', reads, answer: () => textAnswer('', 'text/plain', { policy: 'file' }) }
}

const list = reading('limit', 'after_id')
const pair = reading()
const plain: Route = { needs: 'nothing', answer: () => Promise.reject(new Error('not asked')) }
const match = matcherOf({
  '/list': list,
  '/pair/:from/:to': pair,
  '/files/:name': plain,
  '/': plain,
})

// As a runtime may give them: what a `Request` of Node has made of them already is in endpoints.test.ts.
test.each<[string, Route | undefined, string?, object?]>([
  ['/list', list, '/list', { name: '', other: '', query: '' }],
  ['/list?', list, '/list', { query: '' }],
  ['/list?x=1&limit=5&y', list, '/list?limit=5', { query: 'limit=5' }],
  ['/list?after_id=a&x&limit=5=6', list, '/list?after_id=a&limit=5=6'],
  ['/list?limi%74=5&x=%41&lim=1', list, '/list?limi%74=5'],
  ['/list?limit', list, '/list?limit'],
  ['/list?a?limit=5', list, '/list'],
  ['/x/../list?limit=5', list, '/list?limit=5'],
  ['/./list', list, '/list'],
  ['/x/%2e%2e/list', list, '/list'],
  ['\\list', list, '/list'],
  ['/l\tist?limit=1', list, '/list?limit=1'],
  ['/pair/a.b/c~1?%61=1', pair, '/pair/a.b/c~1', { name: 'a.b', other: 'c~1', query: '' }],
  ['/pair/%41/b', pair, '/pair/%41/b', { name: '%41', other: 'b' }],
  ['/pair/ü/b', pair, '/pair/%C3%BC/b', { name: '%C3%BC' }],
  ['/pair/a/./b', pair, '/pair/a/b', { name: 'a', other: 'b' }],
  ['/files/a..b', plain, '/files/a..b', { name: 'a..b', other: '' }],
  ['/', plain, '/'],
  ['/list/', undefined],
  ['/pair/a', undefined],
  ['//list', undefined],
])('%s leads where it means to', (target, route, key, asked = {}) => {
  const found = match(target)
  expect([found?.route, found?.key]).toEqual([route, key])
  if (found) expect(found.asked).toMatchObject(asked)
})

test('a long address is answered, and not remembered', () => {
  const longest = '/list?x='.padEnd(512, 'y')
  expect(match(longest)?.key).toBe('/list')
  expect(match(`${longest}y`)).toMatchObject({ route: list, key: undefined })
})
