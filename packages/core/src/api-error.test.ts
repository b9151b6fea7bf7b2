import { expect, test } from 'vitest'
import { ApiError, errorBody, refuseUnless } from './api-error.ts'

test('an ApiError is an Error with the fields it was given', () => {
  const fields = { status: 429, type: 'rate_limit_error', requestId: 'req_1', details: { a: 1 } }
  const more = { headers: new Headers({ 'retry-after': '1' }), cause: new TypeError('deeper') }
  const error = new ApiError('Slow down', { ...fields, ...more })
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ ...fields, ...more, message: 'Slow down' })
  expect(String(error)).toBe('ApiError: Slow down')
})

test('an ApiError keeps its cause out of a log line made of its fields', () => {
  const error = new ApiError('m', { type: 't', status: 500, cause: 'deeper' })
  expect(JSON.parse(JSON.stringify(error))).toEqual({ name: 'ApiError', type: 't', status: 500 })
})

test.each([
  [{}, undefined, '{"type":"error","error":{"type":"t","message":"m"}}'],
  [
    { status: 500, details: { a: 1 }, cause: 'secret' },
    'req_1',
    '{"type":"error","error":{"type":"t","message":"m","details":{"a":1}},"request_id":"req_1"}',
  ],
])('an error body of %j is written as the API writes it', (fields, requestId, text) => {
  const error = new ApiError('m', { type: 't', ...fields })
  expect(JSON.stringify(errorBody(error, requestId))).toBe(text)
})

test('a request that is not well is refused', () => {
  const refusal = { name: 'ApiError', status: 400, type: 'invalid_request_error', message: 'why' }
  expect(() => refuseUnless('', 'why')).toThrow(expect.objectContaining(refusal))
  expect(() => refuseUnless('well', 'why')).not.toThrow()
})
