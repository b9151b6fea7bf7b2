import { expect, test } from 'vitest'
import { jsonAnswer, textAnswer } from './answer.ts'
import { cachePolicy } from './cache-policy.ts'
import { corsHeaders } from './cors.ts'

test('an answer has the headers that every answer has, its own, and those of its body', async () => {
  const own = { 'x-synced-at': 'then' }
  const { body, headers, status } = jsonAnswer('{"ü":1}', {
    policy: 'data',
    headers: own,
    tag: 'x',
  })
  expect([status, body]).toEqual([200, '{"ü":1}'])
  expect(Object.fromEntries(headers)).toEqual({
    ...corsHeaders,
    ...own,
    'cache-control': cachePolicy.data,
    'content-type': 'application/json',
    etag: '"1-x"',
    'request-id': expect.stringMatching(/^req_011C[0-9A-Za-z]{20}$/) as string,
    'x-content-type-options': 'nosniff',
  })
})

test('what no cache may keep, and what is no 200, has no tag; and without one there is no date', async () => {
  for (const one of [{ policy: 'never' }, { policy: 'data', status: 503 }] as const) {
    const { headers, validators } = await textAnswer('a', 'text/plain', one)
    expect([headers.get('etag'), validators]).toEqual([null, undefined])
  }
  const { headers } = jsonAnswer('{}', { policy: 'data', changedAt: '2026-11-20T12:00:00Z' })
  expect(headers.get('last-modified')).toBeNull()
})

test('the tag of a text is of its bytes alone', async () => {
  for (const type of ['text/plain', 'text/html']) {
    const { headers } = await textAnswer('a', type, { policy: 'data' })
    // Bytes of an earlier deployment are compared with it: the beginning of their SHA-256.
    expect(headers.get('etag')).toBe('"ca978112ca1bbdcafac231b39a23dc4d"')
  }
})
