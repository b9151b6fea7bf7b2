import { expect, test } from 'vitest'
import { batches } from './batches.ts'

test('rows come whole and in their order, in few texts that SQLite takes', () => {
  const rows = Array.from({ length: 40 }, (_, place) => [place, '界'.repeat(60_000)])
  const texts = [...batches(rows)]
  expect(texts.flatMap((text) => JSON.parse(text) as unknown)).toEqual(rows)
  for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThan(2_000_000)
  expect(texts).toHaveLength(5)
})

test.each([
  [[], []],
  [
    [600_000, 1],
    [1, 1],
  ],
  [
    [499_992, 1],
    [1, 1],
  ],
  [[499_991, 1], [2]],
])('of %j characters, so many come together: %j', (lengths, together) => {
  const texts = [...batches(lengths.map((length) => ['x'.repeat(length)]))]
  expect(texts.map((text) => (JSON.parse(text) as unknown[]).length)).toEqual(together)
})
