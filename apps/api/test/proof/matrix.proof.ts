import { expect, test } from 'vitest'
import { everyCase, failuresOf, isPatient, tableOf, tryAll } from './matrix.ts'

test('every cell of the failure matrix holds', async () => {
  const cases = everyCase()
  const results = [
    ...(await tryAll(cases.filter(isPatient), { perProcess: 60, atOnce: 4 })),
    ...(await tryAll(
      cases.filter((each) => !isPatient(each)),
      { perProcess: 60, atOnce: 3 },
    )),
  ]
  process.stdout.write(`${tableOf(results)}\n`)
  expect(failuresOf(results)).toEqual([])
  expect(results).toHaveLength(cases.length)
}, 1_200_000)
