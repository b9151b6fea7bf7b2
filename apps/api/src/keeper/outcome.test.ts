import { expect, test } from 'vitest'
import { START } from '../../test/world/snapshots.ts'
import { lineOf, type Outcome } from './outcome.ts'

const notDue = { kind: 'not due' } as const
const change = { kind: 'put', cause: 'change' } as const
const lost = { kind: 'failed', cause: 'rhythm' } as const
const failure = { reason: 'empty', failed_at: START, failures: 3, next_at: START }

test.each<[Outcome, object]>([
  [
    { kind: 'synced', committed: { changes: 0, doubted: 0 }, published: notDue },
    { outcome: 'unchanged', changes: 0 },
  ],
  [
    { kind: 'synced', committed: { changes: 1, doubted: 0 }, published: change },
    { outcome: 'written', changes: 1, published: 'change' },
  ],
  [
    { kind: 'synced', committed: { changes: 2, doubted: 1 }, published: lost },
    { outcome: 'doubted', changes: 2, doubted: 1, published: 'failed' },
  ],
  [
    { kind: 'provisional', reason: 'kv_later_format' },
    { outcome: 'provisional', reason: 'kv_later_format' },
  ],
  [
    { kind: 'failed', failure, message: 'The list is empty', published: notDue },
    { outcome: 'failed', reason: 'empty', message: 'The list is empty', failures: 3 },
  ],
  [
    { kind: 'backing off', because: 'overloaded', published: { kind: 'put', cause: 'rhythm' } },
    { outcome: 'skipped', reason: 'backing_off', because: 'overloaded', published: 'rhythm' },
  ],
  [{ kind: 'later schema' }, { outcome: 'skipped', reason: 'later_schema' }],
])('the log says of %j', (outcome, line) => {
  expect(lineOf(outcome)).toEqual(line)
})
