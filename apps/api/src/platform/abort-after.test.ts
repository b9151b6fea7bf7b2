import { expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import { abortAfter } from './abort-after.ts'

test('a signal aborts at its time with its reason; once it is ended never, and no timer is left', async () => {
  const clock = new Clock('2026-11-20T12:00:00Z')
  const reason = new Error('too late')
  const { signal } = abortAfter(clock, 1000, () => reason)
  const ended = abortAfter(clock, 1000, () => reason)
  ended.end()
  await clock.pass(999)
  expect([signal.aborted, clock.sleepers]).toEqual([false, 1])
  await clock.pass(1)
  expect(signal.reason).toBe(reason)
  expect(ended.signal.aborted).toBe(false)
})
