import { ApiError, type ErrorBody } from '@models-edge/core'
import { expect, test } from 'vitest'
import { answer, answerError } from './answer.ts'

const request = new Request('http://upstream.test', { headers: { origin: 'https://page.test' } })
const owner = ['00000000-0000-4000-8000-000000000001', 'wrkspc_stand_in']

function ownerOf({ headers }: Response): unknown {
  return [headers.get('anthropic-organization-id'), headers.get('anthropic-workspace-id')]
}

test('an answer is compact JSON with its owner, and says nothing about caching', async () => {
  const response = answer(request, { data: [1, 2] })
  expect([response.status, ownerOf(response)]).toEqual([200, owner])
  expect(await response.text()).toBe('{"data":[1,2]}')
  expect(response.headers.get('content-type')).toBe('application/json')
  expect([...response.headers.keys()].filter((name) => !name.startsWith('anthropic-'))).toEqual([
    'access-control-allow-credentials',
    'content-security-policy',
    'content-type',
    'request-id',
    'strict-transport-security',
    'x-robots-tag',
  ])
})

test.each([
  [400, null],
  [404, 'false'],
  [529, null],
])('a %i carries its owner, and its request id twice', async (status, shouldRetry) => {
  const type = 'some_error'
  const response = answerError(request, new ApiError('as told', { status, type }))
  expect([response.status, ownerOf(response)]).toEqual([status, owner])
  expect(response.headers.get('x-should-retry')).toBe(shouldRetry)
  const { request_id, ...body } = await response.json<ErrorBody>()
  expect(body).toEqual({ type: 'error', error: { type, message: 'as told' } })
  expect(request_id).toBe(response.headers.get('request-id'))
})

test('a 401 knows no owner, and has its request id in the header alone', async () => {
  const response = answerError(request, new ApiError('', { status: 401, type: 'x' }))
  expect(ownerOf(response)).toEqual([null, null])
  expect(response.headers.get('request-id')).toMatch(/^req_/)
  expect(await response.json()).not.toHaveProperty('request_id')
})
