import { expect, test } from 'vitest'
import { headers as contract } from '../contract/headers.ts'
import { ALLOWED_METHODS, corsHeaders, preflight } from './cors.ts'

test('scripts can read every header of the contract, but for those that browsers are told', () => {
  const safe = /^(cache-control|content-type|content-length)$/
  const ofBrowsers =
    /^(access-control-|allow$|content-security-policy$|cross-origin-|referrer-policy$|timing-|x-content-type-)/
  const wanted = Object.keys(contract).filter((name) => !safe.test(name) && !ofBrowsers.test(name))
  const exposed = corsHeaders['access-control-expose-headers'].toLowerCase().split(', ')
  expect(exposed.toSorted()).toEqual(wanted.toSorted())
})

test.each<[string | undefined, boolean]>([
  ['x-api-key, anthropic-version', true],
  ['x-'.padEnd(4096, 'a'), true],
  ['x-'.padEnd(4097, 'a'), false],
  [undefined, false],
  ['a"b', false],
  ['a: b', false],
  ['é', false],
])(
  'a preflight may ask for any names of headers, and gets those back alone (%#)',
  (asked, isList) => {
    const sent = asked === undefined ? {} : { 'access-control-request-headers': asked }
    const request = new Request('http://host/', { method: 'OPTIONS', headers: sent })
    const { body, headers, status } = preflight(request)
    expect([status, body]).toEqual([204, null])
    expect(Object.fromEntries(headers)).toEqual({
      ...corsHeaders,
      ...(isList && { 'access-control-allow-headers': asked }),
      'access-control-allow-methods': ALLOWED_METHODS,
      'access-control-max-age': '86400',
      allow: ALLOWED_METHODS,
      // No cache may take it for another one.
      'cache-control': 'no-store',
      'request-id': expect.stringMatching(/^req_/) as string,
    })
  },
)
