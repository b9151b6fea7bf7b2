import { expect, test } from 'vitest'
import { ApiError, errorBody, refuseUnless } from './api-error.ts'

test('an ApiError is an Error with the fields it was given', () => {
  const cause = new TypeError('deeper')
  const headers = new Headers({ 'retry-after': '1' })
  const fields = { status: 429, type: 'rate_limit_error', requestId: 'req_1', headers, cause }
  const error = new ApiError('Slow down', { ...fields, details: { a: 1 } })
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ ...fields, message: 'Slow down', details: { a: 1 } })
  expect(String(error)).toBe('ApiError: Slow down')
})

test('an ApiError keeps its cause out of a log line made of its fields', () => {
  const error = new ApiError('m', { type: 't', status: 500, cause: 'deeper' })
  expect(JSON.parse(JSON.stringify(error))).toEqual({ name: 'ApiError', type: 't', status: 500 })
})

test('an ApiError without a cause has none', () => {
  expect(new ApiError('x', { type: 'api_error' })).not.toHaveProperty('cause')
})

test.each([
  [undefined, '{"type":"error","error":{"type":"t","message":"m"},"request_id":"req_1"}'],
  [
    { a: 1 },
    '{"type":"error","error":{"type":"t","message":"m","details":{"a":1}},"request_id":"req_1"}',
  ],
])('an error body is written as the API writes it, details %j', (details, text) => {
  const error = new ApiError('m', { status: 500, type: 't', details, cause: 'secret' })
  expect(JSON.stringify(errorBody(error, 'req_1'))).toBe(text)
})

test('an error body without a request id does not mention one', () => {
  const error = new ApiError('m', { type: 't' })
  expect(JSON.stringify(errorBody(error))).toBe(
    '{"type":"error","error":{"type":"t","message":"m"}}',
  )
})

test.each([[false], [undefined], [''], [0], [null]])('%j is refused', (well) => {
  expect(() => refuseUnless(well, 'why')).toThrow(
    expect.objectContaining({
      name: 'ApiError',
      status: 400,
      type: 'invalid_request_error',
      message: 'why',
    }),
  )
})

test('what is well is not refused', () => {
  expect(() => refuseUnless(true, 'why')).not.toThrow()
})
