import { expect, test } from 'vitest'
import { START } from '../../test/world/snapshots.ts'
import { Tables } from '../../test/world/tables.ts'
import { noDoubts } from './believe.ts'

test('failures are counted until a sync succeeds; what was in doubt before one is forgotten', () => {
  const tables = new Tables()
  tables.commit('b a')
  tables.commit('b')
  const { revision } = tables.rows.keeper()
  const { written } = tables
  expect(tables.fail()).toMatchObject({ reason: 'empty', failed_at: START, failures: 1 })
  expect(tables.catalog.doubts).toEqual(noDoubts)
  expect(tables.fail()).toMatchObject({ failures: 2 })
  expect(tables.rows.keeper()).toMatchObject({ revision: revision + 2, failure: { failures: 2 } })
  // The Keeper's row for each, and once that of the catalog that was in doubt.
  expect(tables.written).toBe(written + 3)
  // Said again after a failure, it is not said twice in a row.
  tables.commit('b')
  expect(tables.ids).toBe('b a')
  expect(tables.rows.keeper().failure).toBeNull()
})
