import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pause } from './timer.ts'

const reason = new Error('enough')

/** A signal, and what is left behind: how many listeners it has, and how many timers are set. */
function watched(): { controller: AbortController; left: () => [number, number] } {
  const controller = new AbortController()
  const added = vi.spyOn(controller.signal, 'addEventListener')
  const removed = vi.spyOn(controller.signal, 'removeEventListener')
  return {
    controller,
    left() {
      expect(added.mock.calls).toEqual(expect.arrayContaining(removed.mock.calls))
      return [added.mock.calls.length - removed.mock.calls.length, vi.getTimerCount()]
    },
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('a pause lasts as long as told, and leaves nothing behind', async () => {
  const { controller, left } = watched()
  const over = vi.fn()
  const paused = pause(40, controller.signal).then(over)
  await vi.advanceTimersByTimeAsync(39)
  expect(over).not.toHaveBeenCalled()
  expect(left()).toEqual([1, 1])
  await vi.advanceTimersByTimeAsync(1)
  expect(over).toHaveBeenCalled()
  expect(left()).toEqual([0, 0])
  await paused
})

test.each([
  ['ends with the signal', false],
  ['does not begin when the signal has aborted', true],
])('a pause %s, and leaves nothing behind', async (_, before) => {
  const { controller, left } = watched()
  if (before) controller.abort(reason)
  const paused = pause(40, controller.signal)
  controller.abort(reason)
  await expect(paused).rejects.toBe(reason)
  expect(left()).toEqual([0, 0])
})

test.each([Infinity, 2 ** 31])('a pause of %d ms is not over at once', async (ms) => {
  const over = vi.fn()
  const paused = pause(ms, new AbortController().signal).then(over)
  await vi.advanceTimersByTimeAsync(2 ** 31 - 2)
  expect(over).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  await paused
})
