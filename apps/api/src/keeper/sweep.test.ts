import { expect, test } from 'vitest'
import { modelsOf } from '../../test/world/snapshots.ts'
import { type StoredModel, storedModel } from '../snapshot/model.ts'
import { sweep } from './sweep.ts'

/** Sweeps a list with these pages. */
function sweepOf(...pages: readonly (readonly string[])[]): ReturnType<typeof sweep> {
  async function* coming(): AsyncGenerator<readonly StoredModel[]> {
    for (const page of pages) yield Promise.resolve(page.map(storedModel))
  }
  return sweep(coming())
}

/** A model whose id has so many characters, in a text of so many. */
function textOf(id: number, length = 0): string {
  const text = JSON.stringify({ id: 'x'.repeat(id), name: '' })
  return text.replace('""}', `"${'x'.repeat(Math.max(0, length - text.length))}"}`)
}

test('every model of every page, in its order', async () => {
  const models = modelsOf('a b c')
  const [a, b, c] = models.map(({ json }) => json)
  expect(await sweepOf([a!, b!], [], [c!])).toEqual({ models, isOnePage: false })
  expect(await sweepOf([a!])).toEqual({ models: [models[0]], isOnePage: true })
  const most = await sweepOf([textOf(256, 1_999_000), textOf(1, 1000)])
  expect(most.models).toHaveLength(2)
})

test.each([
  ['no model', 'empty', [[]]],
  ['an id that is empty', 'bad_list', [[textOf(1), textOf(0)]]],
  ['an id of 257 characters', 'bad_list', [[textOf(257)]]],
  ['an id twice', 'bad_list', [[textOf(1)], [textOf(1, 100)]]],
  ['2,000,001 characters', 'too_large', [[textOf(1, 1_999_000)], [textOf(1, 1001)], ['no JSON']]],
])('a list with %s is refused as %s', async (_, reason, pages) => {
  const refusal: unknown = expect.objectContaining({
    name: 'SyncError',
    reason,
    message: expect.stringMatching(/./) as string,
  })
  await expect(sweepOf(...pages)).rejects.toEqual(refusal)
})
