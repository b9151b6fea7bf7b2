import { expect, test } from 'vitest'
import { SOURCE, Tables } from '../../test/world/keeper-world.ts'
import { modelOf, START } from '../../test/world/snapshots.ts'
import { noDoubts } from './believe.ts'
import { commitFailure } from './commit-failure.ts'
import { SyncError } from './failure.ts'

const NOW = Date.parse(START)
const failing = new SyncError('empty', 'The list is empty')
const one = modelOf('one')
const two = modelOf('two')

test('is noted with a new revision, and counted until a sync succeeds', () => {
  const tables = new Tables()
  tables.commit([one])
  const { revision } = tables.rows.keeper()
  const first = commitFailure(tables.storage, failing, NOW)
  expect(first).toMatchObject({ reason: 'empty', failed_at: START, failures: 1 })
  expect(commitFailure(tables.storage, failing, NOW)).toMatchObject({ failures: 2 })
  expect(tables.rows.keeper()).toMatchObject({ revision: revision + 2, failure: { failures: 2 } })
  tables.commit([one])
  expect(tables.rows.keeper().failure).toBeNull()
})

test('forgets what was doubted: what is said again after it was not said twice in a row', () => {
  const tables = new Tables()
  tables.commit([two, one])
  tables.commit([two])
  expect(tables.catalog.doubts).not.toEqual(noDoubts)
  commitFailure(tables.storage, failing, NOW)
  expect(tables.catalog.doubts).toEqual(noDoubts)
  tables.commit([two])
  expect(tables.rows.models(1)).toHaveLength(2)
})

test('forgets another catalog that was in doubt', () => {
  const tables = new Tables()
  tables.commit([one])
  const source = { ...SOURCE, base_url: 'https://elsewhere.test' }
  tables.commit([two], { source })
  commitFailure(tables.storage, failing, NOW)
  tables.commit([two], { source })
  expect(tables.catalog.base_url).toBe(SOURCE.base_url)
})

test('writes one row, and leaves what the public sees', () => {
  const tables = new Tables()
  tables.commit([one])
  const before = { written: tables.written, catalogs: tables.dump('catalogs') }
  commitFailure(tables.storage, failing, NOW)
  expect({ written: tables.written - 1, catalogs: tables.dump('catalogs') }).toEqual(before)
})
