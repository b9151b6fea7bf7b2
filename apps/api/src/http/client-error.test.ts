import { ApiError } from '@models-edge/core'
import { describe, expect, test } from 'vitest'
import { asked, ClientError } from './client-error.ts'

/** What comes of reading a query that fails like this. */
function failure(error: unknown): unknown {
  try {
    return asked(() => {
      throw error
    })
  } catch (thrown) {
    return thrown
  }
}

describe('what reads a query', () => {
  test('gives what it read', () => {
    expect(asked(() => 5)).toBe(5)
  })

  test('fails for the client where `core` refuses the query', () => {
    const refused = new ApiError('limit: no', { status: 400, type: 'invalid_request_error' })
    expect(failure(refused)).toEqual(new ClientError(400, 'limit: no'))
  })

  test('fails for nobody else: what upstream said is never told to a client', () => {
    const others = [
      new ApiError('invalid x-api-key', { status: 401, type: 'authentication_error' }),
      new ApiError('bad_pagination', { type: 'bad_pagination' }),
      new TypeError('a mistake'),
    ]
    for (const error of others) expect(failure(error)).toBe(error)
  })
})
