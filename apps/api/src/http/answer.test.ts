import { describe, expect, test } from 'vitest'
import { jsonAnswer, textAnswer } from './answer.ts'
import { cachePolicy } from './cache-policy.ts'
import { corsHeaders } from './cors.ts'

const OF_EVERY_ANSWER = [
  ...Object.keys(corsHeaders),
  'cache-control',
  'request-id',
  'x-content-type-options',
]

function names(headers: Headers): readonly string[] {
  return [...headers.keys()].toSorted()
}

async function tagOf(text: string, type: string): Promise<string | null> {
  return (await textAnswer(text, type, { policy: 'data' })).headers.get('etag')
}

describe('an answer', () => {
  test('has the headers that every answer has, its own, and those of its body', async () => {
    const { body, headers, status } = await jsonAnswer('{"ü":1}', {
      policy: 'data',
      headers: { 'x-synced-at': 'then' },
    })
    expect(status).toBe(200)
    expect(new TextDecoder().decode(body)).toBe('{"ü":1}')
    expect(names(headers)).toEqual(
      [...OF_EVERY_ANSWER, 'content-length', 'content-type', 'etag', 'x-synced-at'].toSorted(),
    )
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': cachePolicy.data,
      'content-length': '8',
      'content-type': 'application/json',
      'request-id': expect.stringMatching(/^req_011C[0-9A-Za-z]{20}$/),
    })
  })

  test('has the same tag for the same bytes, and for those alone', async () => {
    const tag = await tagOf('a', 'text/plain')
    // Bytes of an earlier deployment are compared with it.
    expect(tag).toBe('"ca978112ca1bbdcafac231b39a23dc4d"')
    expect(await tagOf('a', 'text/html')).toBe(tag)
    expect(await tagOf('b', 'text/plain')).not.toBe(tag)
  })

  test('lets a description have its way, and knows its request by the id it is given', async () => {
    const { headers } = await jsonAnswer('{}', {
      policy: 'error',
      status: 400,
      requestId: 'req_1',
      headers: { 'cache-control': 'no-store' },
    })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('request-id')).toBe('req_1')
  })
})

describe('for a client that has its bytes already', () => {
  test('there are the same headers but for those of a body', async () => {
    const changedAt = '2026-11-20T12:00:00.999Z'
    const { headers, notModified } = await jsonAnswer('{}', { policy: 'data', changedAt })
    const [all, some] = [headers, notModified!.headers].map((each) => Object.fromEntries(each))
    expect({ ...some, 'content-length': '2', 'content-type': 'application/json' }).toEqual(all)
    expect(all).toMatchObject({
      etag: notModified!.etag,
      'last-modified': 'Fri, 20 Nov 2026 12:00:00 GMT',
    })
    expect(notModified!.changedAt).toBe(Date.parse(changedAt))
  })

  test('there is no date where none is known', async () => {
    const { headers, notModified } = await jsonAnswer('{}', { policy: 'data' })
    expect(headers.has('last-modified')).toBe(false)
    expect(notModified!.changedAt).toBeUndefined()
  })

  test('there is nothing to compare an error with, or an answer of the moment', async () => {
    for (const description of [{ policy: 'never' }, { policy: 'error', status: 404 }] as const) {
      const { headers, notModified } = await jsonAnswer('{}', description)
      expect(notModified).toBeUndefined()
      expect(headers.has('etag')).toBe(false)
    }
  })
})
