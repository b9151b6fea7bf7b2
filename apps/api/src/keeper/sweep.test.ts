import { expect, test } from 'vitest'
import { modelsOf } from '../../test/world/snapshots.ts'
import { SOURCE } from '../../test/world/tables.ts'
import { sweep } from './sweep.ts'
import type { Upstream } from './upstream.ts'

/** Sweeps an upstream with these pages. */
function sweepOf(...pages: readonly (readonly string[])[]): ReturnType<typeof sweep> {
  const upstream: Pick<Upstream, 'pages' | 'source'> = {
    source: () => Promise.resolve(SOURCE),
    async *pages() {
      for (const page of pages) yield Promise.resolve(page)
    },
  }
  return sweep(upstream as Upstream, new AbortController().signal)
}

/** A model whose id has so many characters, in a text of so many. */
function textOf(id: number, length = 0): string {
  const text = JSON.stringify({ id: 'x'.repeat(id), name: '' })
  return text.replace('""}', `"${'x'.repeat(Math.max(0, length - text.length))}"}`)
}

test('every model of every page, in its order, and where they come from', async () => {
  const models = modelsOf('a b c')
  const [a, b, c] = models.map(({ json }) => json)
  expect(await sweepOf([a!, b!], [], [c!])).toEqual({ source: SOURCE, models })
  const most = await sweepOf([textOf(256, 1_999_000), textOf(1, 1000)])
  expect(most.models).toHaveLength(2)
})

test.each([
  ['no model', 'empty', [[]]],
  ['an id that is empty', 'bad_list', [[textOf(1), textOf(0)]]],
  ['an id of 257 characters', 'bad_list', [[textOf(257)]]],
  // What comes after it is not read.
  ['2,000,001 characters', 'too_large', [[textOf(1, 1_999_000)], [textOf(1, 1001)], ['no JSON']]],
])('a list with %s is refused as %s', async (_, reason, pages) => {
  const refusal: unknown = expect.objectContaining({
    name: 'SyncError',
    reason,
    message: expect.stringMatching(/./) as string,
  })
  await expect(sweepOf(...pages)).rejects.toEqual(refusal)
})
