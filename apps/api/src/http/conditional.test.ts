import { describe, expect, test } from 'vitest'
import { type Answer, jsonAnswer } from './answer.ts'
import { respond } from './conditional.ts'

const SAME = 'Fri, 20 Nov 2026 12:00:00 GMT'
const EARLIER = 'Fri, 20 Nov 2026 11:59:59 GMT'

const changed = await jsonAnswer('{}', { policy: 'data', changedAt: '2026-11-20T12:00:00.999Z' })
const undated = await jsonAnswer('{}', { policy: 'data' })
const missing = await jsonAnswer('{}', { policy: 'error', status: 404 })

/** In a header, `TAG` stands for the tag that these answers have. */
function ask(
  headers: Readonly<Record<string, string>>,
  { method = 'GET', answer = changed }: { readonly method?: string; readonly answer?: Answer } = {},
): Response {
  const { etag } = changed.notModified!
  const sent = Object.entries(headers).map(([name, value]): [string, string] => [
    name,
    value.replace('TAG', etag),
  ])
  return respond(new Request('http://host/', { method, headers: sent }), answer)
}

test('without a condition the whole answer comes; to HEAD without its body', async () => {
  const [whole, head] = [ask({}), ask({}, { method: 'HEAD' })]
  expect([whole.status, await whole.text()]).toEqual([200, '{}'])
  expect([head.status, head.body]).toEqual([200, null])
  expect([...head.headers]).toEqual([...whole.headers])
})

test('who has its bytes gets neither them nor what describes them', () => {
  for (const method of ['GET', 'HEAD']) {
    const { body, headers, status } = ask({ 'if-none-match': 'TAG' }, { method })
    expect([status, body]).toEqual([304, null])
    expect([...headers]).toEqual([...changed.notModified!.headers])
  }
})

describe('a condition', () => {
  test.each<[Readonly<Record<string, string>>, number]>([
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': 'W/TAG' }, 304],
    [{ 'if-none-match': '"a", W/"b" ,TAG' }, 304],
    [{ 'if-none-match': '"a", "b"' }, 200],
    [{ 'if-none-match': 'TAG"' }, 200],
    [{ 'if-none-match': '' }, 200],
    [{ 'if-modified-since': SAME }, 304],
    [{ 'if-modified-since': 'Sat, 21 Nov 2026 00:00:00 GMT' }, 304],
    [{ 'if-modified-since': EARLIER }, 200],
    [{ 'if-modified-since': '2026-11-21T00:00:00Z' }, 200],
    [{ 'if-modified-since': 'tomorrow' }, 200],
    // RFC 9110, 13.1.3: where there is a tag, the date does not count.
    [{ 'if-none-match': '"a"', 'if-modified-since': SAME }, 200],
    [{ 'if-none-match': '', 'if-modified-since': SAME }, 200],
    [{ 'if-none-match': 'TAG', 'if-modified-since': EARLIER }, 304],
  ])('%j is answered %i', (headers, status) => {
    expect(ask(headers).status).toBe(status)
  })

  test('about a date never holds where the date is not known', () => {
    const late = { 'if-modified-since': 'Thu, 01 Jan 2099 00:00:00 GMT' }
    expect(ask(late, { answer: undated }).status).toBe(200)
    expect(ask({ 'if-none-match': 'TAG' }, { answer: undated }).status).toBe(304)
  })

  test('does not count for an error', () => {
    expect(ask({ 'if-none-match': '*' }, { answer: missing }).status).toBe(404)
  })
})
