import { expect, test } from 'vitest'
import { NOW, START } from '../../test/world/snapshots.ts'
import { Tables } from '../../test/world/tables.ts'
import { noDoubts } from './believe.ts'

test('failures are counted until a sync succeeds, in one row and with a revision each', () => {
  const tables = new Tables()
  tables.commit('a')
  const catalogs = tables.dump('catalogs')
  const { revision } = tables.rows.keeper()
  const { written } = tables
  expect(tables.fail()).toMatchObject({ reason: 'empty', failed_at: START, failures: 1 })
  expect(tables.fail()).toMatchObject({ failures: 2 })
  expect(tables.rows.keeper()).toMatchObject({ revision: revision + 2, failure: { failures: 2 } })
  expect(tables.written).toBe(written + 2)
  expect(tables.dump('catalogs')).toEqual(catalogs)
  tables.commit('a')
  expect(tables.rows.keeper().failure).toBeNull()
})

test('what was in doubt is forgotten: said again after a failure is not said twice in a row', () => {
  const tables = new Tables()
  tables.commit('b a')
  tables.commit('b')
  tables.fail('empty', NOW + 1)
  expect(tables.catalog.doubts).toEqual(noDoubts)
  tables.commit('b')
  expect(tables.ids).toBe('b a')
})
