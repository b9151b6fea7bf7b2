import { expect, test } from 'vitest'
import { bodyOf } from '../../test/world/body.ts'
import { modelOf, startPlus, viewOf } from '../../test/world/snapshots.ts'
import { modelsPage } from './models.ts'

const view = viewOf({
  changed_at: startPlus(-60_000),
  models: [
    modelOf('x>; ü\r\n'),
    modelOf('c', { lifecycle: 'deprecated' }),
    modelOf('b', { lifecycle: 'retired' }),
    modelOf('a', { lifecycle: 'active' }),
  ],
})

test('a page holds its models byte for byte, and says of what age they are', async () => {
  const { body, headers } = modelsPage(view, new URLSearchParams('after_id=c'))
  const a = modelOf('a', { lifecycle: 'active' }).json
  expect(body).toBe(`{"data":[${a}],"has_more":false,"first_id":"a","last_id":"a"}`)
  expect(Object.fromEntries(headers)).toMatchObject({
    ...Object.fromEntries(view.headers.under('data')),
    'last-modified': 'Fri, 20 Nov 2026 11:59:00 GMT',
  })
})

const [newest, all] = ['x%3E%3B+%C3%BC%0D%0A', 'lifecycle%5B%5D=active&lifecycle%5B%5D=retired']

/** A query, the ids of its page, and the queries of the pages beside it. */
test.each<[string, string, { readonly prev?: string; readonly next?: string }]>([
  ['', 'x>; ü\r\nca', {}],
  ['limit=1', 'x>; ü\r\n', { next: `limit=1&after_id=${newest}` }],
  ['after_id=b', 'a', { prev: 'before_id=a' }],
  ['after_id=a', '', {}],
  ['before_id=a&limit=1', 'c', { prev: 'limit=1&before_id=c', next: 'limit=1&after_id=c' }],
  ['lifecycle=retired', 'b', {}],
  ['lifecycle=retired&after_id=c', 'b', {}],
  ['lifecycle=retired&before_id=a', 'b', {}],
  [
    'lifecycle=active&lifecycle[]=retired&after_id=c&limit=1',
    'b',
    { prev: `limit=1&${all}&before_id=b`, next: `limit=1&${all}&after_id=b` },
  ],
])('the query %j is answered with %j, beside %j', async (query, ids, beside) => {
  const answer = modelsPage(view, new URLSearchParams(query))
  const { data } = bodyOf(answer) as { readonly data: readonly { readonly id: string }[] }
  expect(data.map(({ id }) => id).join('')).toBe(ids)
  const links = Object.entries(beside).map(([rel, to]) => `</v1/models?${to}>; rel="${rel}"`)
  expect(answer.headers.get('link') ?? '').toBe(links.join(', '))
})

test.each(['>;', 'x>', '>x', 'x.-*_x'])('a link names the model %j as forms do', (id) => {
  const two = viewOf({ models: [modelOf(id), modelOf('a')] })
  const { headers } = modelsPage(two, new URLSearchParams('limit=1'))
  const cursor = new URLSearchParams({ limit: '1', after_id: id })
  expect(headers.get('link')).toBe(`</v1/models?${cursor.toString()}>; rel="next"`)
})

test.each(['limit=0', 'lifecycle=gone', 'after_id=z'])('%s is the client’s mistake', (query) => {
  expect(() => modelsPage(view, new URLSearchParams(query))).toThrow(
    expect.objectContaining({ name: 'ClientError', status: 400 }),
  )
})
