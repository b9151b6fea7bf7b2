import { expect, test } from 'vitest'
import { everyCase, failuresOf, tableOf, tryAll } from './matrix.ts'

test('every cell of the failure matrix holds', async () => {
  const cases = everyCase()
  const results = await tryAll(cases, { perProcess: 60, atOnce: 8 })
  process.stdout.write(`${tableOf(results)}\n`)
  expect(failuresOf(results)).toEqual([])
  expect(results).toHaveLength(cases.length)
}, 1_200_000)
