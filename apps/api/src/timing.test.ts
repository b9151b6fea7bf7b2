import { describe, expect, test } from 'vitest'
import * as timing from './timing.ts'

const MINUTE = 60_000

describe('staleness', () => {
  test('is at most six minutes, term by term', () => {
    const terms = Object.values(timing.staleness.terms).map((ms) => ms / 1000)
    expect(terms).toEqual([60, 60, 20, 10, 60, 30, 60, 60])
    expect(timing.staleness.totalMs).toBeLessThanOrEqual(360_000)
  })

  test('counts on memory that is renewed before it is too old to be served', () => {
    expect(timing.RELOAD_MS + timing.JITTER_MS).toBeLessThan(timing.MEMORY_MS)
    // Or a read would find the value that the last one found.
    expect(timing.RELOAD_MS + timing.JITTER_MS).toBeGreaterThan(timing.KV_CACHE_SECONDS * 1000)
  })

  test('is not what data of a healthy service is called, even when one publication was lost', () => {
    const onTheWay = timing.staleness.totalMs - 2 * timing.CRON_MS
    expect(2 * timing.PUBLISH_MS + onTheWay).toBeLessThan(timing.STALE_MS)
    expect(timing.STALE_MS).toBeLessThan(timing.SILENCE_MS)
  })
})

describe('a day of the Keeper', () => {
  test('fits the half of the free plan, with a dozen isolates that knock when nobody else does', () => {
    const { dayOfKeeper, halfOfFreePlan } = timing
    const { gigabyteSeconds, knocks, callsOfIsolate, puts, rows } = dayOfKeeper
    expect(knocks + 12 * callsOfIsolate).toBeLessThanOrEqual(halfOfFreePlan.requests)
    expect(rows).toBeLessThanOrEqual(halfOfFreePlan.rows)
    expect(puts).toBeLessThanOrEqual(halfOfFreePlan.puts)
    expect(gigabyteSeconds).toBeLessThanOrEqual(halfOfFreePlan.gigabyteSeconds)
  })

  test('has as many turns as there are minutes, though knocks come a little early or late', () => {
    const start = Date.parse('2026-11-20T00:00:00Z')
    const lags = [0, -14_000, 44_000, 3_000, -9_000]
    const turns = Array.from({ length: 1440 }, (_, minute) =>
      timing.turnOf(timing.CRON_MS, start + minute * MINUTE + (lags[minute % lags.length] ?? 0)),
    )
    expect(new Set(turns).size).toBe(1440)
    const fives = turns.map((turn) => timing.turnOf(timing.PUBLISH_MS, turn * timing.CRON_MS))
    expect(new Set(fives).size).toBe(288)
  })
})

describe('waiting', () => {
  test('ends where the client is told that there is nothing within five seconds', () => {
    expect(timing.KV_GRACE_MS).toBeLessThan(timing.PATIENCE_MS)
    expect(timing.PATIENCE_MS).toBeLessThan(5_000)
    expect(timing.KV_PATIENCE_MS).toBeLessThan(timing.LOAD_LIMIT_MS)
  })

  test('grows while there is nothing, up to a minute', () => {
    const pauses = [1, 2, 3, 4, 5, 100].map((tries) => timing.emptyPauseMs(tries))
    expect(pauses).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000])
  })
})

test('a time is near another one on either side of it', () => {
  const [then, ms] = [1_000_000, 500]
  const near = [-501, -500, -499, 0, 499, 500, 501].map((by) =>
    timing.isWithin(ms, then, then + by),
  )
  expect(near).toEqual([false, false, true, true, true, false, false])
})

test('a time ahead is believed as far as clocks differ', () => {
  const now = Date.parse('2026-11-20T00:00:00Z')
  expect(timing.isBelievable(now + timing.CLOCK_TOLERANCE_MS, now)).toBe(true)
  expect(timing.isBelievable(now + timing.CLOCK_TOLERANCE_MS + 1, now)).toBe(false)
  expect(timing.isBelievable(0, now)).toBe(true)
})
