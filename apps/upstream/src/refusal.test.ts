import { ApiError } from '@models-edge/core'
import { expect, test } from 'vitest'
import { refuseUnwelcome } from './refusal.ts'

const KEY = 'stand-in-key'
const key = { 'x-api-key': KEY }
const token = { authorization: `Bearer ${KEY}` }
const welcome = { ...key, 'anthropic-version': '2023-06-01' }
const opening = 'anthropic-dangerous-direct-browser-access'

/** What the API says to these headers, where it does not let them in. */
function refusal(headers: object): string | undefined {
  const request = new Request('http://upstream.test', { headers: Object.entries(headers) })
  try {
    refuseUnwelcome(request, KEY)
    return undefined
  } catch (error) {
    if (error instanceof ApiError) return `${error.status} ${error.type}: ${error.message}`
    throw error
  }
}

test.each([
  welcome,
  { ...token, 'anthropic-version': '2026-10-21' },
  { ...welcome, 'anthropic-beta': 'context-1m-2025-08-07, files-2025-04-14' },
  { ...welcome, origin: 'http://page.test', [opening]: 'true' },
])('%j are let in', (headers) => {
  expect(refusal(headers)).toBeUndefined()
})

test.each([
  [{}, 'x-api-key header is required'],
  [{ 'x-api-key': 'no' }, 'API key is invalid.'],
  [{ authorization: 'Bearer no' }, 'Invalid bearer token'],
  [{ authorization: KEY }, 'Invalid bearer token'],
  [{ ...key, ...token }, 'Only one of the headers x-api-key and authorization may be sent'],
  [{ ...key, origin: 'http://page.test' }, `CORS requests must set '${opening}' header`],
])('%j are a 401, before the version is looked at', (headers, message) => {
  expect(refusal(headers)).toBe(`401 authentication_error: ${message}`)
})

test.each([
  [{ ...key, 'anthropic-beta': 'x' }, 'anthropic-version: header is required'],
  [
    { ...key, 'anthropic-version': '2023-06-01T00' },
    'anthropic-version: "2023-06-01T00" is not a valid version',
  ],
  [
    { ...welcome, 'anthropic-beta': 'Ab-2025-08-07, context-1m-2025-08-07 ,b-2025-08-07x' },
    'Unexpected value(s) `Ab-2025-08-07`, `b-2025-08-07x` for the `anthropic-beta` header. Please consult our documentation at docs.anthropic.com or try again without the header.',
  ],
])('%j are a 400', (headers, message) => {
  expect(refusal(headers)).toBe(`400 invalid_request_error: ${message}`)
})
