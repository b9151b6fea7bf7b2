import { expect, test } from 'vitest'
import { bodyOf } from '../../test/world/body.ts'
import { modelOf, START, startPlus, viewOf } from '../../test/world/snapshots.ts'
import type { Held } from '../memory/held.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { STALE_MS } from '../timing.ts'
import { healthAnswer } from './health.ts'

const failure = { reason: 'unreachable', failed_at: START, failures: 3, next_at: startPlus(1) }
const last_failure = { reason: 'unreachable', at: START, in_a_row: 3, next_try: startPlus(1) }
const none = { models: 0, current_models: 0, retired_models: 0 }
const down = { status: 'down', synced_at: null, age_seconds: null, ...none }
const lifecycles = ['deprecated', 'retired', 'dormant', null]
const various = lifecycles.map((lifecycle, place) => modelOf(`${place}`, { lifecycle }))

/** How old the view is, and what else is in it; or what is held in place of one. */
test.each<[number, Partial<Snapshot> | Held, object]>([
  [0, {}, { status: 'ok' }],
  [STALE_MS, {}, { status: 'ok', age_seconds: 900 }],
  [-5000, {}, { status: 'ok', age_seconds: 0 }],
  [STALE_MS + 1000, {}, { status: 'degraded', age_seconds: 901 }],
  [0, { failure }, { status: 'degraded', last_failure }],
  [0, { models: [] }, { status: 'degraded', ...none }],
  [0, { models: various }, { status: 'ok', models: 4, current_models: 3, retired_models: 1 }],
  [0, { kind: 'nothing', failure: null }, down],
  [0, { kind: 'nothing', failure }, { ...down, last_failure }],
])('of an age of %i ms and %j the health is %j', async (age, holds, expected) => {
  const synced_at = startPlus(-age)
  const parts = { models: [modelOf('a')], synced_at, ...holds }
  const held: Held =
    'kind' in holds ? holds : { kind: 'view', view: viewOf(parts, Date.parse(START)) }
  const answer = healthAnswer(held, Date.parse(START))
  expect(answer.status).toBe('kind' in holds ? 503 : 200)
  const well = {
    synced_at,
    age_seconds: 0,
    sync_period_seconds: 300,
    models: 1,
    current_models: 1,
    retired_models: 0,
    last_failure: null,
  }
  expect(bodyOf(answer)).toEqual({ ...well, ...expected })
})
