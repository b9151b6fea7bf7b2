import { expect, test } from 'vitest'
import { corsHeaders, preflight } from './cors.ts'

const opening = 'anthropic-dangerous-direct-browser-access'
const origin = 'https://page.test'

function asPreflight(asked: string): Response {
  const headers = { origin, 'access-control-request-headers': asked }
  return preflight(new Request('http://upstream.test', { method: 'OPTIONS', headers }))
}

test.each([
  `x-api-key, anthropic-version, ${opening}, content-type`,
  `authorization,${opening},x-stainless-lang`,
  opening.toUpperCase(),
])('a preflight for %s is granted', (asked) => {
  const { headers, status } = asPreflight(asked)
  expect(status).toBe(200)
  expect(Object.fromEntries(headers)).toMatchObject({
    'access-control-allow-headers': asked,
    'access-control-allow-methods': 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT',
    'access-control-allow-origin': '*',
    'access-control-max-age': '600',
  })
})

test.each(['content-type,x-api-key', `x-${opening}`, ''])('a preflight for %j is not', (asked) => {
  const { headers, status } = asPreflight(asked)
  expect(status).toBe(400)
  expect([...headers.keys()].join()).not.toContain('access-control')
})

const seen = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': '*',
  vary: `Origin, Access-Control-Request-Headers, ${opening}, Accept-Encoding`,
}

test.each([
  ['a page that names the header for it', { origin, [opening]: 'true' }, seen],
  ['another page', { origin }, { 'access-control-allow-credentials': 'true' }],
  ['anybody else', { [opening]: 'true' }, {}],
])('an answer to %s carries the headers for that', (_, headers, expected) => {
  const request = new Request('http://upstream.test', { headers: Object.entries(headers) })
  expect(corsHeaders(request)).toEqual(expected)
})
