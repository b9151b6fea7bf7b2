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

interface Wire {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

async function wireOf(error: unknown): Promise<Wire> {
  const answer = await errorAnswer(error, log)
  const { headers, status } = answer
  return { status, headers: Object.fromEntries(headers), body: bodyOf(answer) }
}

describe('what a client is told', () => {
  const missing = { 'cache-control': cachePolicy.error, 'x-should-retry': 'false' }
  const never = { 'cache-control': cachePolicy.never }

  test.each<[client.ClientError, string, Readonly<Record<string, string>>]>([
    [
      client.badRequest('limit: no'),
      'invalid_request_error',
      { 'cache-control': cachePolicy.error },
    ],
    [client.badHost(), 'invalid_request_error', never],
    [client.notFound(), 'not_found_error', missing],
    [client.methodNotAllowed(), 'invalid_request_error', { ...never, allow: 'GET, HEAD, OPTIONS' }],
    [new client.ClientError(410, 'gone'), 'not_found_error', missing],
    [client.nothingToServe(), 'api_error', { ...never, 'retry-after': '30' }],
  ])('goes over the wire by its status: %s', async (error, type, headers) => {
    const wire = await wireOf(error)
    expect(wire.status).toBe(error.status)
    expect(wire.body).toEqual({
      type: 'error',
      error: { type, message: error.message },
      request_id: wire.headers['request-id'],
    })
    expect(wire.headers).toEqual({
      ...corsHeaders,
      'content-length': expect.stringMatching(/^\d+$/),
      'content-type': 'application/json',
      'request-id': expect.stringMatching(/^req_/),
      'x-content-type-options': 'nosniff',
      ...headers,
    })
    expect(lines).toEqual([])
  })

  test('can have details, and headers of its own', async () => {
    const details = { newest_id: null }
    const headers = { 'x-synced-at': 'then' }
    const wire = await wireOf(new client.ClientError(410, 'gone', { details, headers }))
    expect(wire.body).toMatchObject({ error: { message: 'gone', details } })
    expect(wire.headers).toMatchObject(headers)
  })
})

describe('what is unexpected', () => {
  const body = {
    type: 'error',
    error: { type: 'api_error', message: 'The service failed to answer. Please try again.' },
    request_id: expect.stringMatching(/^req_/) as string,
  }

  test.each([
    new TypeError('a secret'),
    new ApiError('a secret', { status: 400, type: 'invalid_request_error' }),
    'a secret',
    undefined,
  ])('is a fixed message outside and one line in the log: %s', async (error) => {
    const wire = await wireOf(error)
    expect(wire).toMatchObject({ status: 500, body, headers: { 'cache-control': 'no-store' } })
    const told = error instanceof Error ? error.message : String(error)
    expect(lines).toEqual([{ event: 'error', message: told, stack: expect.any(String) as string }])
  })

  test('has the same form where even the answer to it fails', async () => {
    const response = lastResort(new Error('a secret'), log)
    expect(response.status).toBe(500)
    expect(await response.json()).toEqual({
      ...body,
      request_id: response.headers.get('request-id'),
    })
    expect(Object.fromEntries(response.headers)).toMatchObject({
      ...corsHeaders,
      'cache-control': 'no-store',
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
    })
    expect(lines).toHaveLength(1)
  })
})
