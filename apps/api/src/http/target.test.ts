import { expect, test } from 'vitest'
import { hasBadHost, pathAndQuery } from './target.ts'

test.each([
  ['http://host/', '/'],
  ['https://host:8080/v1/models?limit=5&x=/', '/v1/models?limit=5&x=/'],
  ['http://a//b', '//b'],
  ['https://[::1]:1/a%2Fb?', '/a%2Fb?'],
])('of %s caches know %s', (url, target) => {
  expect(pathAndQuery(url)).toBe(target)
})

test.each<[string, boolean]>([
  ['models.example', false],
  ['models.example:8080', false],
  ['[2001:db8::1]:8080', false],
  ['a_b~c', false],
  ['evil/v1/models', true],
  ['evil?limit=5', true],
  ['evil#', true],
  ['a b', true],
  ['user@host', true],
  ['a\\b', true],
  ['', true],
])('the host %j is none: %s', (host, isBad) => {
  expect(hasBadHost(new Request('http://host/', { headers: { host } }))).toBe(isBad)
})

test('a request that has none has no bad one', () => {
  expect(hasBadHost(new Request('http://host/'))).toBe(false)
})
