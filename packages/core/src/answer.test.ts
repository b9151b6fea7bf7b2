import { describe, expect, test } from 'vitest'
import { readChanges, readModel, readPage } from './answer.ts'
import { ApiError } from './api-error.ts'

const HTML = { 'content-type': 'text/html; charset=utf-8' }
const JSON_TYPE = { 'content-type': 'application/json' }

async function failure(response: Response, read: typeof readPage | typeof readModel = readPage) {
  const error: unknown = await read(response).then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof ApiError) return error
  throw error
}

function envelope(type: string, message: string, fields: object = {}): object {
  return { type: 'error', error: { type, message }, ...fields }
}

describe('an error of the API', () => {
  test.each([
    [400, 'invalid_request_error', 'limit: Input should be less than or equal to 1000'],
    [401, 'authentication_error', 'API key is invalid.'],
    [403, 'permission_error', 'Not yours'],
    [404, 'not_found_error', 'model: nobody'],
    [413, 'request_too_large', 'Too large'],
    [429, 'rate_limit_error', 'Slow down'],
    [500, 'api_error', 'Internal server error'],
    [504, 'timeout_error', 'Too slow'],
    [529, 'overloaded_error', 'Overloaded'],
    [418, 'teapot_error', 'A type that nobody knows yet'],
  ])('%i is thrown as itself', async (status, type, message) => {
    for (const read of [readPage, readModel]) {
      const body = envelope(type, message, { request_id: 'req_1' })
      const headers = { 'retry-after': '3' }
      const error = await failure(Response.json(body, { status, headers }), read)
      expect(error).toMatchObject({ name: 'ApiError', status, type, message, requestId: 'req_1' })
      expect(error.headers?.get('retry-after')).toBe('3')
    }
  })

  test.each<[string, object, Record<string, string>, string | undefined]>([
    ['the header', {}, { 'request-id': 'req_header' }, 'req_header'],
    [
      'the header before the body',
      { request_id: 'req_body' },
      { 'request-id': 'req_header' },
      'req_header',
    ],
    ['the body', { request_id: 'req_body' }, {}, 'req_body'],
    ['nowhere', {}, {}, undefined],
    ['nowhere, when it is no string', { request_id: 5 }, {}, undefined],
    ['nowhere, when it is null', { request_id: null }, {}, undefined],
  ])('has its request id from %s', async (_, fields, headers, requestId) => {
    const body = envelope('authentication_error', 'x-api-key header is required', fields)
    const error = await failure(Response.json(body, { status: 401, headers }))
    expect(error.requestId).toBe(requestId)
    expect(error.message).toBe('x-api-key header is required')
  })

  test('keeps its details as they came', async () => {
    const details = { suggestions: ['a'], deep: { null: null } }
    const body = { type: 'error', error: { type: 'not_found_error', message: 'model: x', details } }
    expect((await failure(Response.json(body, { status: 404 }))).details).toEqual(details)
    const bare = Response.json(envelope('not_found_error', 'x'), { status: 404 })
    expect((await failure(bare)).details).toBeUndefined()
  })

  test.each([499, 500, 501, 100_000])('is cut to 500 characters from %i', async (length) => {
    const told = `begin ${'x'.repeat(length - 6)}`
    const error = await failure(Response.json(envelope('api_error', told), { status: 500 }))
    expect(error.message).toBe(told.slice(0, 500))
  })

  test('is also what an edge block says in its own words', async () => {
    const body = { error: { type: 'forbidden', message: 'Request not allowed' } }
    expect(await failure(Response.json(body, { status: 403 }))).toMatchObject({
      status: 403,
      type: 'forbidden',
      message: 'Request not allowed',
    })
  })
})

describe('what is not of the API', () => {
  const canary = 'canary '.repeat(1_500_000)
  const cut = '{"data":[{"id":"canary'

  test.each<[string, number, BodyInit | null, Record<string, string>]>([
    ['no whole JSON: status 502 with text/html; charset=utf-8', 502, '<html>canary</html>', HTML],
    ['no whole JSON: status 200 with text/html; charset=utf-8', 200, '<html>canary</html>', HTML],
    ['no whole JSON: status 502 with text/html; charset=utf-8', 502, canary, HTML],
    ['other JSON: status 500 with application/json', 500, JSON.stringify(canary), JSON_TYPE],
    ['other JSON: status 200 with application/json', 200, JSON.stringify({ canary }), JSON_TYPE],
    [
      'other JSON: status 500 with application/json',
      500,
      '{"id":"x","data":[],"has_more":false}',
      JSON_TYPE,
    ],
    ['no whole JSON: status 503 with text/plain', 503, 'canary', { 'content-type': 'text/plain' }],
    ['no whole JSON: status 500 with no content', 500, null, {}],
    ['no whole JSON: status 200 with no content', 200, null, {}],
    ['no whole JSON: status 204 with no content', 204, null, {}],
    ['no whole JSON: status 304 with no content', 304, null, {}],
    [
      'no whole JSON: status 302 with no content',
      302,
      null,
      { location: 'https://canary.example' },
    ],
    ['no whole JSON: status 200 with application/json', 200, '', JSON_TYPE],
    ['no whole JSON: status 200 with application/json', 200, cut, JSON_TYPE],
    ['no whole JSON: status 500 with application/json', 500, cut, JSON_TYPE],
    ['other JSON: status 200 with application/json', 200, 'null', JSON_TYPE],
    ['other JSON: status 500 with application/json', 500, 'null', JSON_TYPE],
    ['other JSON: status 500 with application/json', 500, '[]', JSON_TYPE],
    ['other JSON: status 500 with application/json', 500, '"canary"', JSON_TYPE],
    ['other JSON: status 500 with application/json', 500, '{"error":"canary"}', JSON_TYPE],
    ['other JSON: status 500 with application/json', 500, '{"error":null}', JSON_TYPE],
    ['other JSON: status 500 with application/json', 500, '{"error":{"type":5}}', JSON_TYPE],
    [
      'other JSON: status 500 with application/json',
      500,
      '{"error":{"message":{"canary":1}}}',
      JSON_TYPE,
    ],
    [
      'other JSON: status 200 with application/json',
      200,
      '{"error":{"type":"x","message":"canary"}}',
      JSON_TYPE,
    ],
    [
      'other JSON: status 200 with application/json',
      200,
      '{"data":"canary","has_more":false}',
      JSON_TYPE,
    ],
  ])(
    'is told by what it lacks, its status and content type: %s',
    async (came, status, body, headers) => {
      for (const read of [readPage, readModel]) {
        const error = await failure(new Response(body, { status, headers }), read)
        expect(error).toMatchObject({ status, type: 'api_error', requestId: undefined })
        expect(error.message).toBe(`Expected an answer of the Models API, got ${came}`)
      }
    },
  )

  test('keeps a type that came without a message', async () => {
    const body = { type: 'error', error: { type: 'overloaded_error' } }
    expect(await failure(Response.json(body, { status: 529 }))).toMatchObject({
      type: 'overloaded_error',
      message:
        'Expected an answer of the Models API, got other JSON: status 529 with application/json',
    })
  })

  test('is told likewise where the message is empty', async () => {
    const error = await failure(Response.json(envelope('overloaded_error', ''), { status: 529 }))
    expect(error.type).toBe('overloaded_error')
    expect(error.message).toBe(
      'Expected an answer of the Models API, got other JSON: status 529 with application/json',
    )
  })

  test('keeps the request id of its header', async () => {
    const headers = { ...HTML, 'request-id': 'req_1' }
    expect((await failure(new Response('<', { status: 502, headers }))).requestId).toBe('req_1')
  })

  test('is named 3xx where a browser hides a redirect', async () => {
    expect((await failure(Response.error())).message).toBe(
      'Expected an answer of the Models API, got no whole JSON: status 3xx with no content',
    )
  })

  test('has the error of its body as the cause', async () => {
    const lost = new Error('connection lost')
    const body = new ReadableStream({ start: (controller) => controller.error(lost) })
    const error = await failure(new Response(body, { headers: JSON_TYPE }))
    expect(error.cause).toBe(lost)
    expect(error.message).toBe(
      'Expected an answer of the Models API, got no whole JSON: status 200 with application/json',
    )
    const syntax = await failure(new Response('{', { headers: JSON_TYPE }))
    expect(syntax.cause).toBeInstanceOf(SyntaxError)
  })

  test('is no ApiError when the caller aborts', async () => {
    const reason = new Error('enough')
    const signal = AbortSignal.abort(reason)
    await expect(readPage(new Response('{'), signal)).rejects.toBe(reason)
    await expect(readModel(new Response('<', { status: 502 }), signal)).rejects.toBe(reason)
  })
})

describe('what is of the API', () => {
  test('passes with the fields that nobody knows, in the order they came', async () => {
    const text =
      '{"zeta":1,"data":[{"b":null,"id":"x","a":[{"deep":true}],"lifecycle":"paused"}],' +
      '"has_more":false,"first_id":"x","last_id":"x","alpha":{}}'
    expect(JSON.stringify(await readPage(new Response(text)))).toBe(text)
    const model = '{"unknown":{"id":1},"id":"x","capabilities":{"new":{"supported":"maybe"}}}'
    expect(JSON.stringify(await readModel(new Response(model)))).toBe(model)
  })

  test('passes likewise where it is a page of changes', async () => {
    const text = '{"data":[{"type":"change","new":{},"id":"x"}],"has_more":true,"alpha":1}'
    expect(JSON.stringify(await readChanges(new Response(text)))).toBe(text)
  })

  test.each(['{"id":"x"}', '{"type":"change"}', '{"type":null,"id":"x"}', 'null', '"x"'])(
    'has changes with an id and a type, and not %s',
    async (change) => {
      const body = `{"data":[{"type":"change","id":"a"},${change}],"has_more":false}`
      await expect(readChanges(new Response(body))).rejects.toMatchObject({
        name: 'ApiError',
        message: expect.stringMatching(/, got other JSON: status 200 with text\/plain/),
      })
    },
  )

  test('needs no content type and no more than it uses', async () => {
    const empty = new Response(new Blob(['{"data":[],"has_more":false}']))
    expect(await readPage(empty)).toEqual({ data: [], has_more: false })
  })
})
