import { describe, expect, test } from 'vitest'
import { readChanges, readLifecycle, readModel, readPage } from './answer.ts'
import type { ApiError } from './api-error.ts'

type Read = (response: Response) => Promise<unknown>

const EXPECTED = 'Expected an answer of the Models API, got '
const readers: Read[] = [readPage, readModel, readChanges, readLifecycle]

function failure(response: Response, read: Read = readPage): Promise<ApiError> {
  return read(response).then(
    () => expect.unreachable('Nothing was thrown'),
    (error: ApiError) => error,
  )
}

describe('an error of the API', () => {
  test.each([
    [400, 'invalid_request_error', 'limit: Input should be less than or equal to 1000'],
    [529, 'overloaded_error', 'Overloaded'],
    [418, 'teapot_error', 'A type that nobody knows yet'],
  ])('%i is thrown as itself', async (status, type, message) => {
    const details = { newest_id: 'a', deep: { null: null } }
    const body = { type: 'error', error: { type, message, details }, request_id: 'req_1' }
    for (const read of readers) {
      const response = Response.json(body, { status, headers: { 'retry-after': '3' } })
      const error = await failure(response, read)
      expect(error).toMatchObject({ name: 'ApiError', status, type, message, details })
      expect(error).toMatchObject({ requestId: 'req_1', headers: response.headers })
    }
  })

  test.each<[string, unknown, Record<string, string>, string | undefined]>([
    ['its header', undefined, { 'request-id': 'req_header' }, 'req_header'],
    ['its header before its body', 'req_body', { 'request-id': 'req_header' }, 'req_header'],
    ['its body', 'req_body', {}, 'req_body'],
    ['nowhere, when it is no string', 5, {}, undefined],
  ])('has its request id from %s', async (_, request_id, headers, requestId) => {
    const body = { error: { type: 'forbidden', message: 'Request not allowed' }, request_id }
    const error = await failure(Response.json(body, { status: 403, headers }))
    expect(error).toMatchObject({ type: 'forbidden', message: 'Request not allowed', requestId })
    expect(error.details).toBeUndefined()
  })

  test.each([500, 501, 100_000])('is cut to 500 characters from %i', async (length) => {
    const message = `begin ${'x'.repeat(length - 6)}`
    const error = await failure(Response.json({ error: { message } }, { status: 500 }))
    expect(error.message).toBe(message.slice(0, 500))
  })

  test.each([undefined, '', 5])('keeps its type when its message is %j', async (message) => {
    const body = { error: { type: 'overloaded_error', message } }
    const error = await failure(Response.json(body, { status: 529 }))
    expect(error.type).toBe('overloaded_error')
    expect(error.message).toBe(`${EXPECTED}other JSON: status 529 with application/json`)
  })
})

describe('a model that does not exist', () => {
  test.each<[unknown, string]>([
    [{ suggestions: ['near', 'nearer'] }, '. Did you mean near?'],
    [{ suggestions: ['x'.repeat(501)] }, `. Did you mean ${'x'.repeat(500)}?`],
    [{ suggestions: [] }, ''],
    [{ suggestions: [''] }, ''],
    [{ suggestions: [5] }, ''],
    [{ suggestions: null }, ''],
    [{ suggestions: 5 }, ''],
    [null, ''],
    ['no object', ''],
    [undefined, ''],
  ])('with %j is told with "%s"', async (details, more) => {
    const answer = { error: { type: 'not_found_error', message: 'model: a', details } }
    const headers = { 'request-id': 'req_1' }
    const response = Response.json(answer, { status: 404, headers })
    const error = await failure(response.clone(), readModel)
    expect(error.message).toBe(`model: a${more}`)
    // It is what an answer throws that is read otherwise, but for the message.
    const { message: _, ...fields } = await failure(response, readPage)
    expect(Object.assign({}, error)).toEqual(fields)
    expect(error).toMatchObject({ name: 'ApiError', status: 404, requestId: 'req_1' })
    expect(error.stack).toContain(`ApiError: model: a${more}\n`)
  })
})

describe('what is not of the API', () => {
  test.each<[string, number, BodyInit | null, string | undefined]>([
    ['no whole JSON', 502, '<html>canary</html>', 'text/html; charset=utf-8'],
    ['no whole JSON', 204, null, undefined],
    ['no whole JSON', 200, '{"data":[{"id":"canary', 'application/json'],
    ['other JSON', 200, 'null', 'application/json'],
    ['other JSON', 200, '{"error":{"type":"x","message":"canary"}}', 'application/json'],
    ['other JSON', 200, '{"data":"canary","has_more":false}', 'application/json'],
    ['other JSON', 500, 'null', 'application/json'],
    ['other JSON', 500, '{"error":null}', 'application/json'],
    ['other JSON', 500, '{"error":"canary"}', 'application/json'],
    ['other JSON', 500, '{"error":{"type":5,"message":{"canary":1}}}', 'application/json'],
    ['other JSON', 500, '{"id":"x","type":"y","data":[],"has_more":false}', 'application/json'],
  ])('is told without its text: %s, status %i, %s', async (lack, status, body, type) => {
    const headers: HeadersInit = type ? { 'content-type': type } : {}
    for (const read of readers) {
      const error = await failure(new Response(body, { status, headers }), read)
      expect(error).toMatchObject({ name: 'ApiError', status, type: 'api_error' })
      expect(error.message).toBe(
        `${EXPECTED}${lack}: status ${status} with ${type ?? 'no content'}`,
      )
    }
  })

  test('is named 3xx where a browser hides a redirect, and has its fault as the cause', async () => {
    const { message, cause } = await failure(Response.error())
    expect(message).toBe(`${EXPECTED}no whole JSON: status 3xx with no content`)
    expect(cause).toBeInstanceOf(SyntaxError)
  })

  test('is no ApiError when the caller aborts, for whatever reason', async () => {
    for (const reason of [new Error('enough'), { details: { suggestions: ['x'] } }, null]) {
      const signal = AbortSignal.abort(reason)
      for (const read of [readPage, readModel, readChanges, readLifecycle]) {
        await expect(read(new Response('{'), signal)).rejects.toBe(reason)
      }
    }
  })
})

test.each<[Read, string]>([
  [readPage, '{"zeta":1,"data":[{"b":null,"id":"x","a":[{}]}],"has_more":false,"alpha":{}}'],
  [readPage, '{"data":[],"has_more":true}'],
  [readModel, '{"unknown":{"id":1},"id":"x","capabilities":{"new":{"supported":"maybe"}}}'],
  [readChanges, '{"data":[{"type":"change","new":{},"id":"x"}],"has_more":true,"alpha":1}'],
  [readLifecycle, '{"z":1,"models":[{"id":"x","new":1}],"past_aliases":{"b":"x"},"aliases":{}}'],
])('an answer passes with unknown fields, in the order they came: %o %s', async (read, text) => {
  expect(JSON.stringify(await read(new Response(text)))).toBe(text)
})

test.each<[Read, string]>([
  [readModel, '{"id":5}'],
  [readPage, '{"data":{"0":{"id":"x"}},"has_more":false}'],
  [readPage, '{"data":[{"id":"x"},{}],"has_more":false}'],
  [readPage, '{"data":[{"id":"x"},null],"has_more":false}'],
  [readPage, '{"data":[{"id":"x"}],"has_more":"false"}'],
  [readChanges, '{"data":[{"id":"x"}],"has_more":false}'],
  [readChanges, '{"data":[{"type":"change"}],"has_more":false}'],
  [readChanges, '{"data":[{"type":null,"id":"x"}],"has_more":false}'],
  [readChanges, '{"data":[null],"has_more":false}'],
  [readLifecycle, '{"models":{},"aliases":{},"past_aliases":{}}'],
  [readLifecycle, '{"models":[{"id":"x"},{}],"aliases":{},"past_aliases":{}}'],
  [readLifecycle, '{"models":[],"aliases":null,"past_aliases":{}}'],
  [readLifecycle, '{"models":[],"aliases":{},"past_aliases":"x"}'],
  [readLifecycle, '{"models":[],"aliases":{},"past_aliases":{"a":1}}'],
  [readLifecycle, '{"models":[],"aliases":{}}'],
])('an answer has what programs rely on: %o refuses %s', async (read, text) => {
  expect((await failure(new Response(text), read)).message).toContain('got other JSON: status 200')
})
