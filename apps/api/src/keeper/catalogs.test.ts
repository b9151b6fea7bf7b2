import { describe, expect, test } from 'vitest'
import { SOURCE, Tables, visibilityOf } from '../../test/world/keeper-world.ts'
import { modelOf, START } from '../../test/world/snapshots.ts'
import { placeOfTime } from '../snapshot/cursor.ts'
import { commitFailure } from './commit-failure.ts'
import { SyncError } from './failure.ts'
import { heldProvisionally, holdProvisionally } from './provisional.ts'

const NOW = Date.parse(START)
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => modelOf(id))
const elsewhere = { ...SOURCE, base_url: 'https://elsewhere.test' }
const otherKey = { ...SOURCE, key: '89abcdef' }

function ids(tables: Tables): string {
  return tables.rows
    .models(tables.catalog.id)
    .map(({ id }) => id)
    .join('')
}

test('the first sweep begins one; nothing that is older than it can be missing in it', () => {
  const tables = new Tables()
  expect(tables.commit([a!, b!], { began: NOW - 1000 })).toMatchObject({ doubted: 0 })
  expect(tables.catalog).toMatchObject({ ...SOURCE, id: 1, synced_at: NOW - 1000 })
  expect(tables.catalog.complete_from).toBeGreaterThanOrEqual(placeOfTime(NOW))
  expect(ids(tables)).toBe('ab')
})

test('what was held until there is one is held no more', () => {
  const tables = new Tables()
  const swept = { source: SOURCE, models: [a!] }
  holdProvisionally(tables.storage, swept, visibilityOf(), NOW, NOW)
  tables.commit([a!])
  expect(heldProvisionally(tables.storage)).toBeUndefined()
})

describe('another address', () => {
  test('is another catalog, also with the same models, when two sweeps in a row agree', () => {
    const tables = new Tables()
    tables.commit([a!, b!])
    const before = tables.dump('catalogs')
    expect(tables.commit([a!, b!], { source: elsewhere })).toEqual({ changes: 0, doubted: 2 })
    expect(tables.dump('catalogs')).toEqual(before)
    expect(tables.commit([b!, a!], { source: elsewhere })).toMatchObject({ doubted: 0 })
    expect(tables.catalog).toMatchObject({ id: 2, ...elsewhere })
    expect(tables.rows.models(1)).toHaveLength(2)
  })

  test('is not begun where something else was swept in between, or other models', () => {
    const tables = new Tables()
    tables.commit([a!])
    tables.commit([b!], { source: elsewhere })
    tables.commit([a!])
    tables.commit([b!], { source: elsewhere })
    tables.commit([c!], { source: elsewhere })
    expect(tables.catalog.id).toBe(1)
    tables.commit([c!], { source: elsewhere })
    expect(tables.catalog.id).toBe(2)
  })

  test('that is left finds what it knew, and goes on with it', () => {
    const tables = new Tables()
    tables.commit([a!])
    const history = tables.rows.changes(1)
    for (const models of [[b!], [b!]]) tables.commit(models, { source: elsewhere })
    expect(tables.catalog.id).toBe(2)
    const back = [
      tables.commit([d!, a!], { source: SOURCE }),
      tables.commit([d!, a!], { source: SOURCE }),
    ]
    expect(back).toEqual([
      { changes: 0, doubted: 2 },
      { changes: 1, doubted: 0 },
    ])
    expect(tables.catalog.id).toBe(1)
    expect(ids(tables)).toBe('da')
    expect(tables.rows.changes(1).slice(1)).toEqual(history)
  })

  test('is told to whoever holds a cursor of the one before, whatever clocks say', () => {
    const tables = new Tables()
    const day = 86_400_000
    tables.commit([a!], { now: NOW + day })
    for (const source of [elsewhere, SOURCE, elsewhere]) {
      const last = tables.rows.lastPlace()
      for (const models of [[b!], [b!]]) tables.commit(models, { source, now: NOW })
      expect(tables.catalog.complete_from).toBeGreaterThanOrEqual(last)
    }
  })

  test('is no failure of the sync', () => {
    const tables = new Tables()
    tables.commit([a!])
    commitFailure(tables.storage, new SyncError('empty', 'The list is empty'), NOW)
    tables.commit([b!], { source: elsewhere })
    expect(tables.rows.keeper().failure).toBeNull()
  })
})

describe('another key', () => {
  test('that sees half of the models, or more, goes on with the catalog', () => {
    const tables = new Tables()
    tables.commit([a!, b!, c!])
    expect(tables.commit([d!, b!, c!], { source: otherKey })).toMatchObject({ changes: 1 })
    expect(tables.catalog).toMatchObject({ id: 1, ...otherKey })
    // `a` is missing for the first time, and `d` is believed.
    expect(ids(tables)).toBe('adbc')
    const even = new Tables()
    even.commit([a!, b!])
    even.commit([b!, c!], { source: otherKey })
    expect(even.catalog).toMatchObject({ id: 1, ...otherKey })
  })

  test('that sees less is another catalog, when two sweeps in a row agree', () => {
    const tables = new Tables()
    tables.commit([a!, b!, c!])
    tables.commit([c!, d!], { source: otherKey })
    expect(tables.catalog).toMatchObject({ id: 1, ...SOURCE })
    tables.commit([c!, d!], { source: otherKey })
    expect(tables.catalog).toMatchObject({ id: 2, ...otherKey })
    expect(ids(tables)).toBe('cd')
  })
})
