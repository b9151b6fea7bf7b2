import { afterEach, beforeEach, expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import { withinTime } from './within-time.ts'

// What is rejected and heard by nobody ends a process, and is an error in a Worker's log.
const unheard: unknown[] = []
const hear = (reason: unknown): number => unheard.push(reason)

beforeEach(() => {
  process.on('unhandledRejection', hear)
})

afterEach(() => {
  process.off('unhandledRejection', hear)
  expect(unheard.splice(0)).toEqual([])
})

test('the outcome of what is in time, and no timer is left', async () => {
  const clock = new Clock('2026-11-20T12:00:00Z')
  expect(await withinTime(clock, 1000, Promise.resolve('value'))).toBe('value')
  const reason = new Error('failed')
  await expect(withinTime(clock, 1000, Promise.reject(reason))).rejects.toBe(reason)
  expect(clock.sleepers).toBe(0)
  const justInTime = clock.sleep(999).then(() => 'just in time')
  expect(await clock.until(withinTime(clock, 1000, justInTime))).toBe('just in time')
  await clock.pass(0)
})

test('an error when it takes longer; how it ends then is nobody’s business', async () => {
  const clock = new Clock('2026-11-20T12:00:00Z')
  const began = clock.now()
  const { promise, reject } = Promise.withResolvers<string>()
  await expect(clock.until(withinTime(clock, 1000, promise))).rejects.toThrow(
    'No answer within 1000 ms',
  )
  expect(clock.now() - began).toBe(1000)
  reject(new Error('late'))
  await clock.pass(0)
  expect(clock.sleepers).toBe(0)
})
