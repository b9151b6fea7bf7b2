import { expect, test } from 'vitest'
import { everyCase, tryAll } from './matrix.ts'

test('every cell of the failure matrix holds', async () => {
  const cases = everyCase()
  expect(cases.length).toBeGreaterThan(700)
  expect(await tryAll(cases)).toEqual([])
}, 600_000)
