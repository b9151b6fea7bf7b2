import { ApiError } from '@models-edge/core'
import { beforeEach, describe, expect, test } from 'vitest'
import { bodyOf } from '../../test/world/body.ts'
import { cachePolicy } from './cache-policy.ts'
import * as client from './client-error.ts'
import { corsHeaders } from './cors.ts'
import { errorAnswer, lastResort } from './error-answer.ts'

const lines: unknown[] = []
const log = (line: unknown): void => void lines.push(line)

beforeEach(() => {
  lines.length = 0
})

const ofEveryError = {
  ...corsHeaders,
  'content-type': 'application/json',
  'request-id': expect.stringMatching(/^req_/) as string,
  'x-content-type-options': 'nosniff',
}
const kept = { 'cache-control': cachePolicy.error }
const never = { 'cache-control': cachePolicy.never }
const missing = { ...kept, 'x-should-retry': 'false' }
const own = { 'x-synced-at': 'then' }
const gone = new client.ClientError(410, 'gone', { details: { newest_id: null }, headers: own })

test.each<[client.ClientError, string, Readonly<Record<string, string>>]>([
  [client.badRequest('limit: no'), 'invalid_request_error', kept],
  [client.badHost(), 'invalid_request_error', never],
  [client.notFound(), 'not_found_error', missing],
  [client.methodNotAllowed(), 'invalid_request_error', { ...never, allow: 'GET, HEAD, OPTIONS' }],
  [gone, 'not_found_error', { ...missing, ...own }],
  [client.nothingToServe(), 'api_error', { ...never, 'retry-after': '30' }],
])('what a client is told goes over the wire by its status: %s', async (error, type, headers) => {
  const answer = errorAnswer(error, log)
  expect([answer.status, lines]).toEqual([error.status, []])
  expect(error.message).toMatch(/./)
  expect(bodyOf(answer)).toEqual({
    type: 'error',
    error: { type, message: error.message, details: error.details },
    request_id: answer.headers.get('request-id'),
  })
  expect(Object.fromEntries(answer.headers)).toEqual({ ...ofEveryError, ...headers })
})

test('what core refuses in a query is the client’s doing, and nothing else is', () => {
  const refused = new ApiError('limit: no', { status: 400, type: 'invalid_request_error' })
  const others = [new ApiError('no', { status: 500, type: 'api_error' }), { status: 400 }]
  const thrown = [refused, ...others].map((error) => {
    try {
      return client.asked(() => {
        throw error
      })
    } catch (caught) {
      return caught
    }
  })
  expect(thrown).toEqual([client.badRequest('limit: no'), ...others])
  expect(client.asked(() => 5)).toBe(5)
})

describe('what is unexpected', () => {
  const error = { type: 'api_error', message: 'The service failed to answer. Please try again.' }

  test.each([
    new TypeError('a secret'),
    new ApiError('a secret', { status: 400, type: 'invalid_request_error' }),
    'a secret',
  ])('is a fixed message outside and one line in the log: %s', async (thrown) => {
    const answer = errorAnswer(thrown, log)
    const request_id = answer.headers.get('request-id')
    expect([answer.status, bodyOf(answer)]).toEqual([500, { type: 'error', error, request_id }])
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const stack = expect.any(String) as string
    expect(lines).toEqual([{ event: 'error', message: 'a secret', stack }])
  })

  test('has the same form where even the answer to it fails', async () => {
    const response = lastResort(new Error('a secret'), log)
    const request_id = response.headers.get('request-id')
    expect(response.status).toBe(500)
    expect(await response.json()).toEqual({ type: 'error', error, request_id })
    expect(Object.fromEntries(response.headers)).toEqual({ ...ofEveryError, ...never })
    expect(lines).toHaveLength(1)
  })
})
