import { expect, test } from 'vitest'
import { hasBadHost, pathAndQuery } from './target.ts'

test.each([
  ['http://host/', '/'],
  ['https://host:8080/v1/models?limit=5&x=/', '/v1/models?limit=5&x=/'],
  ['http://a//b', '//b'],
])('of %s caches know %s', (url, target) => {
  expect(pathAndQuery(url)).toBe(target)
})

test.each([
  [false, ['models.example', 'models.example:8080', '[2001:db8::1]:8080', 'a_b~c']],
  [true, ['evil/v1/models', 'evil?limit=5', 'evil#', 'a b', 'user@host', 'a\\b', '?evil', '']],
])('it is %s that these are no hosts: %j', (isBad, hosts) => {
  for (const host of hosts) {
    expect(hasBadHost(new Request('http://host/', { headers: { host } }))).toBe(isBad)
  }
})

test('a request that has no host has no bad one', () => {
  expect(hasBadHost(new Request('http://host/'))).toBe(false)
})
