import { expect, test } from 'vitest'
import { newRequestId } from './request-id.ts'

test('a request id has the form of the API and does not come twice', () => {
  const ids = Array.from({ length: 1000 }, newRequestId)
  for (const id of ids) expect(id).toMatch(/^req_011C[1-9A-HJ-NP-Za-km-z]{20}$/)
  expect(new Set(ids).size).toBe(ids.length)
})
