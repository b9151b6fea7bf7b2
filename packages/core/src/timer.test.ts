import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { LONGEST_TIMER_MS, pause } from './timer.ts'

const reason = new Error('enough')

interface Watched {
  readonly controller: AbortController
  /** How many listeners the signal has. */
  readonly left: () => number
}

function watched(): Watched {
  const controller = new AbortController()
  const added = vi.spyOn(controller.signal, 'addEventListener')
  const removed = vi.spyOn(controller.signal, 'removeEventListener')
  const isRemoved = (listener: unknown): boolean =>
    removed.mock.calls.some((call) => call[1] === listener)
  return {
    controller,
    left: () => added.mock.calls.filter(([, listener]) => !isRemoved(listener)).length,
  }
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('a pause', () => {
  test('lasts as long as told, and leaves nothing behind', async () => {
    const { controller, left } = watched()
    let over = false
    const paused = pause(40, controller.signal).then(() => (over = true))
    await vi.advanceTimersByTimeAsync(39)
    expect([over, left(), vi.getTimerCount()]).toEqual([false, 1, 1])
    await vi.advanceTimersByTimeAsync(1)
    expect([over, left(), vi.getTimerCount()]).toEqual([true, 0, 0])
    await paused
  })

  test('ends with the signal, and leaves nothing behind', async () => {
    const { controller, left } = watched()
    const paused = pause(40, controller.signal)
    controller.abort(reason)
    await expect(paused).rejects.toBe(reason)
    expect([left(), vi.getTimerCount()]).toEqual([0, 0])
  })

  test('does not begin when the signal has aborted', async () => {
    const { controller, left } = watched()
    controller.abort(reason)
    await expect(pause(40, controller.signal)).rejects.toBe(reason)
    expect([left(), vi.getTimerCount()]).toEqual([0, 0])
  })

  test.each([Infinity, 2 ** 31, Number.MAX_SAFE_INTEGER])(
    'of %d ms is not over at once',
    async (ms) => {
      const set = vi.spyOn(globalThis, 'setTimeout')
      const controller = new AbortController()
      const paused = pause(ms, controller.signal)
      expect(set.mock.calls.map(([, after]) => after)).toEqual([LONGEST_TIMER_MS])
      controller.abort(reason)
      await expect(paused).rejects.toBe(reason)
      set.mockRestore()
    },
  )
})
