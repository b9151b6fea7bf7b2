import { expect, test } from 'vitest'
import { everyCase, tryAll } from './matrix.ts'

test('the failure matrix holds where nobody has to wait', async () => {
  const cases = everyCase().filter(
    ({ kv, upstream }) =>
      (upstream === 'healthy' || upstream === '500') && (kv === 'healthy' || kv === 'stale'),
  )
  expect(cases.length).toBeGreaterThan(10)
  expect(await tryAll(cases)).toEqual([])
}, 300_000)
