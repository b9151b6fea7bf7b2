import { expect, test } from 'vitest'
import { jsonAnswer } from './answer.ts'
import { respond } from './conditional.ts'

const SAME = 'Fri, 20 Nov 2026 12:00:00 GMT'
const EARLIER = 'Fri, 20 Nov 2026 11:59:59 GMT'
const LATER = 'Sat, 21 Nov 2026 00:00:00 GMT'

const changed = jsonAnswer('{}', {
  policy: 'data',
  tag: 'x',
  changedAt: '2026-11-20T12:00:00.999Z',
})
const undated = jsonAnswer('{}', { policy: 'data', tag: 'x' })
const missing = jsonAnswer('{}', { policy: 'error', status: 404 })
const { etag } = changed.validators!

function ask(headers: Readonly<Record<string, string>>, answer = changed): Response {
  return respond(new Request('http://host/', { headers }), answer)
}

test('who has the bytes gets neither them nor what describes them', () => {
  const { body, headers, status } = ask({ 'if-none-match': etag })
  expect([status, body]).toEqual([304, null])
  const ofBody = { 'content-length': '2', 'content-type': 'application/json' }
  expect(Object.fromEntries(headers)).not.toMatchObject(ofBody)
  expect({ ...Object.fromEntries(headers), ...ofBody }).toEqual(Object.fromEntries(changed.headers))
  expect(headers.get('last-modified')).toBe(SAME)
})

test.each<[Readonly<Record<string, string>>, number]>([
  [{}, 200],
  [{ 'if-none-match': '*' }, 304],
  [{ 'if-none-match': `"a", W/"b" , W/${etag} ,"c"` }, 304],
  [{ 'if-none-match': '"a", "b"' }, 200],
  [{ 'if-none-match': `"W/${etag.slice(1)}` }, 200],
  [{ 'if-modified-since': SAME }, 304],
  [{ 'if-modified-since': LATER }, 304],
  [{ 'if-modified-since': EARLIER }, 200],
  [{ 'if-modified-since': '2026-11-21T00:00:00Z' }, 200],
  // RFC 9110, 13.1.3: where there is a tag, the date does not count.
  [{ 'if-none-match': '"a"', 'if-modified-since': SAME }, 200],
  [{ 'if-none-match': etag, 'if-modified-since': EARLIER }, 304],
])('the condition %j is answered %i', (headers, status) => {
  expect(ask(headers).status).toBe(status)
})

test('no date is later than one that is not known, and no condition counts for an error', () => {
  expect(ask({ 'if-modified-since': LATER }, undated).status).toBe(200)
  expect(undated.headers.has('last-modified')).toBe(false)
  expect(ask({ 'if-none-match': '*' }, missing).status).toBe(404)
})
