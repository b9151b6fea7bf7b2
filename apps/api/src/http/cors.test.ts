import { expect, test } from 'vitest'
import { headers as contract } from '../contract/headers.ts'
import { ALLOWED_METHODS, corsHeaders, preflight } from './cors.ts'

/** What a preflight that asks for these headers gets for them. */
function allowed(asked: string | undefined): string | null {
  const headers = new Headers(
    asked === undefined ? {} : { 'access-control-request-headers': asked },
  )
  return preflight(new Request('http://host/', { method: 'OPTIONS', headers })).headers.get(
    'access-control-allow-headers',
  )
}

test('every header of the contract can be read, but for those that every script may read', () => {
  const safe = /^(cache-control|content-type|content-length)$/
  const ofBrowsers =
    /^(access-control-|allow$|content-security-policy$|cross-origin-|referrer-policy$|timing-|x-content-type-)/
  const wanted = Object.keys(contract).filter((name) => !safe.test(name) && !ofBrowsers.test(name))
  const exposed = corsHeaders['access-control-expose-headers'].toLowerCase().split(', ')
  expect(exposed.toSorted()).toEqual(wanted.toSorted())
})

test('a preflight may ask for any headers, since none is looked at', () => {
  expect(allowed('x-api-key, anthropic-version')).toBe('x-api-key, anthropic-version')
  expect(allowed('x-'.padEnd(4096, 'a'))).toHaveLength(4096)
})

test.each([undefined, '', 'a"b', 'a: b', 'é', 'x-'.padEnd(4097, 'a')])(
  'what is no list of names is not sent back (%#)',
  (asked) => {
    expect(allowed(asked)).toBeNull()
  },
)

test('a preflight has no body, and no cache may take it for another one', () => {
  const { body, headers, status } = preflight(new Request('http://host/', { method: 'OPTIONS' }))
  expect([status, body]).toEqual([204, null])
  expect(Object.fromEntries(headers)).toMatchObject({
    ...corsHeaders,
    'access-control-allow-methods': ALLOWED_METHODS,
    allow: ALLOWED_METHODS,
    'cache-control': 'no-store',
    'request-id': expect.stringMatching(/^req_/),
  })
})
