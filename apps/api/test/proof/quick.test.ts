import { expect, test } from 'vitest'
import { everyCase, failuresOf, isQuick, tableOf, tryAll } from './matrix.ts'

test('the cells of the failure matrix hold that need no patience', async () => {
  const cases = everyCase().filter(isQuick)
  const results = await tryAll(cases)
  process.stdout.write(`${tableOf(results)}\n`)
  expect(failuresOf(results)).toEqual([])
  expect(results).toHaveLength(cases.length)
}, 300_000)
