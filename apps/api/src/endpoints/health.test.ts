import { expect, test } from 'vitest'
import { bodyOf } from '../../test/world/body.ts'
import { modelOf, START, startPlus, viewOf } from '../../test/world/snapshots.ts'
import type { Held } from '../memory/held.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { STALE_MS } from '../timing.ts'
import { healthAnswer } from './health.ts'

const now = Date.parse(START)

const failure = {
  reason: 'unreachable',
  failed_at: startPlus(-1000),
  failures: 3,
  next_at: startPlus(60_000),
}
const last_failure = {
  reason: 'unreachable',
  at: failure.failed_at,
  in_a_row: 3,
  next_try: failure.next_at,
}

function viewAt(age: number, parts: Partial<Snapshot> = {}): Held {
  const synced_at = startPlus(-age)
  return { kind: 'view', view: viewOf({ models: [modelOf('a')], synced_at, ...parts }, now) }
}

const well = {
  status: 'ok',
  synced_at: START,
  age_seconds: 0,
  sync_period_seconds: 300,
  models: 1,
  last_failure: null,
}

test.each<[string, Held, number, object]>([
  ['well', viewAt(0), 200, well],
  [
    'well, as long as it is young',
    viewAt(STALE_MS),
    200,
    { ...well, synced_at: startPlus(-STALE_MS), age_seconds: 900 },
  ],
  [
    'degraded where the data is old',
    viewAt(STALE_MS + 1000),
    200,
    { ...well, status: 'degraded', synced_at: startPlus(-STALE_MS - 1000), age_seconds: 901 },
  ],
  [
    'degraded where syncs fail',
    viewAt(0, { failure }),
    200,
    { ...well, status: 'degraded', last_failure },
  ],
  [
    'degraded where no model is public',
    viewAt(0, { models: [] }),
    200,
    { ...well, status: 'degraded', models: 0 },
  ],
  [
    'well, and never younger than new, where clocks differ',
    viewAt(-5000),
    200,
    { ...well, synced_at: startPlus(5000) },
  ],
  [
    'down where there is nothing',
    { kind: 'nothing', failure: null },
    503,
    { ...well, status: 'down', synced_at: null, age_seconds: null, models: 0 },
  ],
  [
    'down, and why',
    { kind: 'nothing', failure },
    503,
    { ...well, status: 'down', synced_at: null, age_seconds: null, models: 0, last_failure },
  ],
])('the service is %s', async (_, held, status, body) => {
  const answer = await healthAnswer(held, now)
  expect(answer.status).toBe(status)
  expect(bodyOf(answer)).toEqual(body)
  expect(answer.headers.get('cache-control')).toBe('no-store')
})
