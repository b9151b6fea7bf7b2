import { describe, expect, test } from 'vitest'
import { NOW } from '../../test/world/snapshots.ts'
import { SOURCE, Tables } from '../../test/world/tables.ts'
import { positionOfTime } from '../snapshot/cursor.ts'

const elsewhere = { ...SOURCE, base_url: 'https://elsewhere.test' }
const otherKey = { ...SOURCE, key: '89abcdef' }

test('the first sweep begins a catalog, in which nothing older can be missing', () => {
  const tables = new Tables()
  expect(tables.commit('a b', { began: NOW - 1000 })).toMatchObject({ doubted: 0 })
  const catalog = { ...SOURCE, id: 1, synced_at: NOW - 1000, complete_from: positionOfTime(NOW) }
  expect(tables.catalog).toMatchObject(catalog)
  expect(tables.ids).toBe('a b')
})

describe('another address', () => {
  test('is another catalog when two sweeps in a row agree, and till then no failure', () => {
    const tables = new Tables()
    tables.commit('a b')
    tables.fail()
    const before = tables.dump('catalogs')
    expect(tables.commit('a b', { source: elsewhere })).toEqual({ changes: 0, doubted: 2 })
    expect(tables.rows.keeper().failure).toBeNull()
    expect(tables.dump('catalogs')).toEqual(before)
    // It begins anew after a sweep of the first one, after other models, and after a failure.
    tables.commit('a b')
    for (const models of ['a b', 'a c', 'a b']) tables.commit(models, { source: elsewhere })
    tables.fail()
    tables.commit('a b', { source: elsewhere })
    expect(tables.catalog).toMatchObject(SOURCE)
    expect(tables.commit('b a', { source: elsewhere })).toMatchObject({ doubted: 0 })
    expect(tables.catalog).toMatchObject({ id: 2, ...elsewhere })
    expect(tables.rows.models(1)).toHaveLength(2)
  })

  test('that is left finds what it knew; whoever has a cursor of the other one is told', () => {
    const tables = new Tables()
    tables.commit('a', { now: NOW + 86_400_000 })
    const history = tables.rows.changes(1)
    for (const source of [elsewhere, SOURCE]) {
      // Whatever clocks say.
      const last = tables.rows.lastPosition()
      const models = source === SOURCE ? 'd a' : 'b'
      expect(tables.commit(models, { source })).toMatchObject({ changes: 0 })
      expect(tables.commit(models, { source })).toEqual({ changes: 1, doubted: 0 })
      expect(tables.catalog).toMatchObject(source)
      expect(tables.catalog.complete_from).toBeGreaterThanOrEqual(last)
      expect(tables.ids).toBe(models)
    }
    expect(tables.rows.changes(1).slice(1)).toEqual(history)
    expect(tables.dump('catalogs')).toHaveLength(2)
  })
})

test('of two catalogs that have come to have the same source, the later one is served again', () => {
  const tables = new Tables()
  const steps = [
    // The key is replaced twice, each time by one that sees the same.
    ['a b', SOURCE],
    ['a b', otherKey],
    ['x', elsewhere],
    ['c d', SOURCE],
    ['c d', otherKey],
    ['x', elsewhere],
    ['c e', otherKey],
  ] as const
  for (const [models, source] of steps) {
    for (let sweep = 0; sweep < 2; sweep += 1) tables.commit(models, { source })
  }
  expect(tables.rows.models(1)).toHaveLength(2)
  expect(tables.catalog).toMatchObject({ id: 3, ...otherKey })
})

describe('another key', () => {
  test.each([
    ['two of three', 'a b c', 'd b c'],
    ['half', 'a b', 'b c'],
    ['all that is not hidden', 's1 s2 a', 'a'],
  ])('that sees %s of the models goes on with the catalog', (_, known, seen) => {
    const tables = new Tables()
    tables.commit(known)
    tables.commit(seen, { source: otherKey, hidden: 's?' })
    expect(tables.catalog).toMatchObject({ id: 1, ...otherKey })
  })

  test('that sees less is another catalog, when two sweeps in a row agree', () => {
    const tables = new Tables()
    tables.commit('a b c')
    tables.commit('c d', { source: otherKey })
    expect(tables.catalog).toMatchObject({ id: 1, ...SOURCE })
    tables.commit('c d', { source: otherKey })
    expect(tables.catalog).toMatchObject({ id: 2, ...otherKey })
    expect(tables.ids).toBe('c d')
    // Of the key that is known, it is only a shorter list.
    for (let sweep = 0; sweep < 2; sweep += 1) tables.commit('e', { source: otherKey })
    expect(tables.catalog.id).toBe(2)
    expect(tables.ids).toBe('e')
  })
})
