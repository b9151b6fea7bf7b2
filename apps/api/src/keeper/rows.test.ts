import { expect, test } from 'vitest'
import { SOURCE, Tables } from '../../test/world/keeper-world.ts'
import { noDoubts } from './believe.ts'

/** A row of catalogs, of this source. */
function begin(tables: Tables, id: number, base_url: string, doubts: object): void {
  const values = [id, base_url, SOURCE.key, JSON.stringify(doubts)]
  tables.storage.sql.exec(`INSERT INTO catalogs VALUES (?, ?, ?, 1, 2, 3, '', '', ?)`, ...values)
}

test('empty tables have no catalog, no models and no last place', () => {
  const { rows } = new Tables()
  expect(rows.current()).toBeUndefined()
  expect(rows.catalogOf(SOURCE.base_url, SOURCE.key)).toBeUndefined()
  expect([rows.models(1), rows.aliases(1), rows.changes(1), rows.lastPlace()]).toEqual([
    [],
    [],
    [],
    0,
  ])
  const keeper = { revision: 0, catalog: null, began_at: null, failure: null, candidate: null }
  expect(rows.keeper()).toMatchObject(keeper)
  expect(rows.publication()).toMatchObject({ put_at: null, tried_at: null, failures: 0, extra: 0 })
})

test('of the catalogs of a source the last one counts; what is served need not be the last', () => {
  const tables = new Tables()
  begin(tables, 1, SOURCE.base_url, noDoubts)
  begin(tables, 2, 'https://elsewhere.test', noDoubts)
  begin(tables, 3, SOURCE.base_url, noDoubts)
  expect(tables.rows.catalogOf(SOURCE.base_url, SOURCE.key)).toMatchObject({ id: 3 })
  expect(tables.rows.catalogOf(SOURCE.base_url, 'another')).toBeUndefined()
  tables.storage.sql.exec(`UPDATE keeper SET catalog = 2`)
  expect(tables.rows.current()).toMatchObject({ id: 2, synced_at: 1, complete_from: 3 })
})

test('doubts that other code has written lack nothing that this code looks at', () => {
  const tables = new Tables()
  begin(tables, 1, SOURCE.base_url, { order: 'some' })
  expect(tables.rows.catalogOf(SOURCE.base_url, SOURCE.key)?.doubts).toEqual({
    ...noDoubts,
    order: 'some',
  })
})
