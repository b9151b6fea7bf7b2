import { expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import { SingleFlight } from './single-flight.ts'

const LIMIT = 10_000

interface Work {
  readonly promise: Promise<string>
  readonly resolve: (value: string) => void
  readonly reject: (error: Error) => void
}

function setUp(): {
  readonly clock: Clock
  readonly flight: SingleFlight<string>
  readonly begun: Work[]
  readonly run: () => Promise<string>
} {
  const clock = new Clock('2026-11-20T12:00:00Z')
  const flight = new SingleFlight<string>(clock, LIMIT)
  const begun: Work[] = []
  const run = (): Promise<string> =>
    flight.run(() => {
      const work = Promise.withResolvers<string>()
      begun.push(work)
      return work.promise
    })
  return { clock, flight, begun, run }
}

test('whoever comes meanwhile shares the work, and the next one after it begins anew', async () => {
  const { begun, flight, run } = setUp()
  expect(flight.landing).toBeUndefined()
  const [one, other] = [run(), run()]
  expect(flight.landing).toBe(one)
  expect(begun).toHaveLength(1)
  begun.at(0)?.resolve('first')
  expect(await Promise.all([one, other])).toEqual(['first', 'first'])
  expect(flight.landing).toBeUndefined()
  const next = run()
  begun.at(1)?.resolve('second')
  expect(await next).toBe('second')
})

test('a failure is shared, and does not block the next', async () => {
  const { begun, run } = setUp()
  const both = Promise.allSettled([run(), run()])
  const reason = new Error('failed')
  begun.at(0)?.reject(reason)
  expect(await both).toEqual([1, 2].map(() => ({ status: 'rejected', reason })))
  const next = run()
  begun.at(1)?.resolve('well')
  expect(await next).toBe('well')
})

test('work that never ends is given up at its limit; when it ends after all, the new one stays', async () => {
  const { begun, clock, flight, run } = setUp()
  const lost = run()
  await clock.pass(LIMIT - 1)
  expect(flight.landing).toBe(lost)
  await clock.pass(1)
  expect(flight.landing).toBeUndefined()
  const next = run()
  expect(begun).toHaveLength(2)
  begun.at(0)?.resolve('late')
  expect(await lost).toBe('late')
  expect(flight.landing).toBe(next)
  begun.at(1)?.resolve('in time')
  expect(await next).toBe('in time')
  expect(flight.landing).toBeUndefined()
})

test('a clock that was put back holds nobody longer', () => {
  const { begun, clock, run } = setUp()
  void run()
  clock.set('2016-11-20T12:00:00Z')
  void run()
  expect(begun).toHaveLength(2)
})
