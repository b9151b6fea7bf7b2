import { expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import { SingleFlight } from './single-flight.ts'

const LIMIT = 10_000

test('work is shared, given up at its limit, and begun anew when it has ended, also in failure', async () => {
  const clock = new Clock('2026-11-20T12:00:00Z')
  const flight = new SingleFlight<string>(clock, LIMIT)
  const begun: PromiseWithResolvers<string>[] = []
  const run = (): Promise<string> =>
    flight.run(() => {
      const work = Promise.withResolvers<string>()
      begun.push(work)
      return work.promise
    })
  const lost = run()
  await clock.pass(LIMIT - 1)
  expect(run()).toBe(lost)
  await clock.pass(1)
  expect(flight.landing).toBeUndefined()
  const lostToo = run()
  await clock.pass(LIMIT)
  const next = run()
  expect(begun).toHaveLength(3)
  // When lost work ends after all, the new one stays.
  begun[0]!.resolve('late')
  expect(await lost).toBe('late')
  expect(run()).toBe(next)
  const reason = new Error('failed')
  begun[2]!.reject(reason)
  await expect(next).rejects.toBe(reason)
  expect(flight.landing).toBeUndefined()
  begun[1]!.resolve('later still')
  expect(await lostToo).toBe('later still')
})
