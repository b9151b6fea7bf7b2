import { PagedList, type PageParams } from '@models-edge/core'
import { expect, test } from 'vitest'
import { bodyOf } from '../../test/world/body.ts'
import { startPlus, viewOf } from '../../test/world/snapshots.ts'
import type { Answer } from '../http/answer.ts'
import { listPage } from './list-page.ts'

interface Letter {
  readonly id: string
  readonly json: string
  readonly isShown: boolean
}

const view = viewOf({ changed_at: startPlus(-60_000) })

/** The letters from newest to oldest, of which those in capitals are not shown. */
function page(
  letters: string,
  params: PageParams,
  carried: [string, string][] = [],
): Promise<Answer> {
  const items = Array.from(letters, (id): Letter => {
    return { id, json: `{"id": "${id}"}`, isShown: id === id.toLowerCase() }
  })
  return listPage(view, {
    path: '/letters',
    list: new PagedList(items),
    params,
    shows: ({ isShown }: Letter) => isShown,
    carried,
  })
}

test('a page holds its items byte for byte, and says of what age they are', async () => {
  const answer = await page('abc', { limit: 2 })
  expect(new TextDecoder().decode(answer.body)).toBe(
    '{"data":[{"id": "a"},{"id": "b"}],"has_more":true,"first_id":"a","last_id":"b"}',
  )
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    ...view.headers,
    'last-modified': 'Fri, 20 Nov 2026 11:59:00 GMT',
  })
})

test.each<[string, PageParams, string, string | null]>([
  ['', {}, '', null],
  ['AB', {}, '', null],
  ['abc', {}, 'abc', null],
  ['abc', { limit: 1 }, 'a', '</letters?limit=1&after_id=a>; rel="next"'],
  ['abc', { after_id: 'a' }, 'bc', '</letters?before_id=b>; rel="prev"'],
  ['abC', { limit: 2 }, 'ab', null],
  ['Abc', { before_id: 'c' }, 'b', '</letters?after_id=b>; rel="next"'],
  [
    'abc',
    { limit: 1, after_id: 'a' },
    'b',
    '</letters?limit=1&before_id=b>; rel="prev", </letters?limit=1&after_id=b>; rel="next"',
  ],
  ['abc', { after_id: 'c' }, '', null],
])('of %j, the page for %j is %j, and leads to where something is shown', async (...row) => {
  const [letters, params, shown, link] = row
  const answer = await page(letters, params)
  const { data } = bodyOf(answer) as { readonly data: readonly { readonly id: string }[] }
  expect(data.map(({ id }) => id).join('')).toBe(shown)
  expect(answer.headers.get('link')).toBe(link)
})

test('what a page was asked for with goes with its links', async () => {
  const answer = await page('abc', { limit: 1 }, [['since', 'then']])
  expect(answer.headers.get('link')).toBe('</letters?limit=1&since=then&after_id=a>; rel="next"')
})

test('a cursor that the list does not know is the client’s mistake', () => {
  expect(() => page('abc', { after_id: 'z' })).toThrow(
    expect.objectContaining({
      name: 'ClientError',
      status: 400,
      message: "Invalid pagination cursor for 'after_id'",
    }),
  )
})
