import { expect, test } from 'vitest'
import { batches } from './batches.ts'

test('rows come whole and in their order, in texts of half a million characters at the most', () => {
  const rows = [200_000, 200_000, 200_000, 600_000, 1].map((length, place) => [
    place,
    '"'.repeat(length / 2),
  ])
  const texts = [...batches(rows)]
  expect(texts.flatMap((text) => JSON.parse(text) as unknown)).toEqual(rows)
  expect(texts.map((text) => (JSON.parse(text) as unknown[]).length)).toEqual([2, 1, 1, 1])
  expect([...batches([])]).toEqual([])
})
