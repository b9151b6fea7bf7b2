import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { firstTrue } from './first-true.ts'

/** Whether it is over after these have come true, failed or been denied, one after the other. */
async function steps(
  ...ends: readonly ('true' | 'false' | 'error')[]
): Promise<readonly boolean[]> {
  const each = ends.map(() => Promise.withResolvers<boolean>())
  let isOver = false
  void firstTrue(each.map(({ promise }) => promise)).then(() => (isOver = true))
  const over: boolean[] = []
  for (const [index, end] of ends.entries()) {
    if (end === 'error') each[index]!.reject(new Error('failed'))
    else each[index]!.resolve(end === 'true')
    await setImmediate()
    over.push(isOver)
  }
  return over
}

test('it is over with the first that is true', async () => {
  expect(await steps('true', 'false')).toEqual([true, true])
  expect(await steps('false', 'true', 'error')).toEqual([false, true, true])
})

test('or when none is, whether denied or failed', async () => {
  expect(await steps('false', 'error', 'false')).toEqual([false, false, true])
  expect(await steps('error', 'error')).toEqual([false, true])
  await firstTrue([])
})
