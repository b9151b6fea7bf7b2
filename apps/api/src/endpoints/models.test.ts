import { expect, test } from 'vitest'
import { modelOf, viewOf } from '../../test/world/snapshots.ts'
import { bodyOf } from '../../test/world/body.ts'
import { modelsPage } from './models.ts'

const view = viewOf({
  models: [
    modelOf('d'),
    modelOf('c', { lifecycle: 'deprecated' }),
    modelOf('b', { lifecycle: 'retired' }),
    modelOf('a', { lifecycle: 'active' }),
  ],
})

/** The ids of a page, and its links. */
async function page(query: string): Promise<readonly [string, string | null]> {
  const answer = await modelsPage(view, new URLSearchParams(query))
  const { data } = bodyOf(answer) as { readonly data: readonly { readonly id: string }[] }
  return [data.map(({ id }) => id).join(''), answer.headers.get('link')]
}

test.each<[string, string, string | null]>([
  ['', 'dca', null],
  ['limit=1', 'd', '</v1/models?limit=1&after_id=d>; rel="next"'],
  ['after_id=c', 'a', '</v1/models?before_id=a>; rel="prev"'],
  ['after_id=b', 'a', '</v1/models?before_id=a>; rel="prev"'],
  [
    'before_id=a&limit=1',
    'c',
    '</v1/models?limit=1&before_id=c>; rel="prev", </v1/models?limit=1&after_id=c>; rel="next"',
  ],
  ['lifecycle=retired', 'b', null],
  [
    'lifecycle[]=active&lifecycle[]=retired&limit=1',
    'd',
    '</v1/models?limit=1&lifecycle%5B%5D=active&lifecycle%5B%5D=retired&after_id=d>; rel="next"',
  ],
])('the query %j asks for %j', async (query, ...shown) => {
  expect(await page(query)).toEqual(shown)
})

test.each(['limit=0', 'lifecycle=gone', 'after_id=z', 'after_id=a&before_id=b'])(
  'the query %j is the client’s mistake',
  async (query) => {
    await expect(page(query)).rejects.toMatchObject({
      name: 'ClientError',
      status: 400,
    })
  },
)
