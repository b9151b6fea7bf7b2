import { expect, test } from 'vitest'
import * as timing from './timing.ts'

test('the worst staleness is six minutes, and only what is staler is called so', () => {
  const { CRON_MS, PUBLISH_MS, SILENCE_MS, STALE_MS, staleness } = timing
  expect(staleness.totalMs).toBe(360_000)
  // A healthy service may lose one publication.
  expect(2 * PUBLISH_MS + staleness.totalMs - 2 * CRON_MS).toBeLessThan(STALE_MS)
  expect(STALE_MS).toBeLessThan(SILENCE_MS)
})

test('memory is renewed before it is too old, and not before KV can show another value', () => {
  const renewed = timing.RELOAD_MS + timing.JITTER_MS
  expect(renewed).toBeLessThan(timing.MEMORY_MS)
  expect(renewed).toBeGreaterThan(timing.KV_CACHE_SECONDS * 1000)
  expect(timing.KV_PATIENCE_MS).toBeLessThan(timing.LOAD_LIMIT_MS)
})

test('a day of the Keeper, knocked at by a dozen isolates too, fits the half of the free plan', () => {
  const { gigabyteSeconds, knocks, callsOfIsolate, puts, rows } = timing.dayOfKeeper
  const day = { requests: knocks + 12 * callsOfIsolate, rows, puts, gigabyteSeconds }
  expect(day).toEqual({ requests: 3744, rows: 18_240, puts: 480, gigabyteSeconds: 6144 })
  for (const [name, half] of Object.entries(timing.halfOfFreePlan)) {
    expect(day[name as keyof typeof day]).toBeLessThanOrEqual(half)
  }
})

test('a day has as many turns as minutes, though knocks come a little early or late', () => {
  const { CRON_MS, PUBLISH_MS, turnOf } = timing
  const start = Date.parse('2026-11-20T00:00:00Z')
  const lags = [0, -14_000, 44_000, 3_000, -9_000]
  const turns = Array.from({ length: 1440 }, (_, minute) =>
    turnOf(CRON_MS, start + minute * 60_000 + lags[minute % lags.length]!),
  )
  expect(new Set(turns).size).toBe(1440)
  expect(new Set(turns.map((turn) => turnOf(PUBLISH_MS, turn * CRON_MS))).size).toBe(288)
})

test('a time is near another one on either side of it', () => {
  const near = [-501, -500, -499, 0, 499, 500].map((by) => timing.isWithin(500, 0, by))
  expect(near).toEqual([false, false, true, true, true, false])
})
