import { expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import { abortAfter } from './abort-after.ts'

test('the signal aborts at its time, with its reason', async () => {
  const clock = new Clock('2026-11-20T12:00:00Z')
  const reason = new Error('too late')
  const { signal } = abortAfter(clock, 1000, () => reason)
  await clock.pass(999)
  expect(signal.aborted).toBe(false)
  await clock.pass(1)
  expect(signal.reason).toBe(reason)
})

test('once it is ended it never aborts, and no timer is left', async () => {
  const clock = new Clock('2026-11-20T12:00:00Z')
  const { end, signal } = abortAfter(clock, 1000, () => new Error('too late'))
  end()
  await clock.pass(0)
  expect(clock.sleepers).toBe(0)
  await clock.pass(5000)
  expect(signal.aborted).toBe(false)
})
