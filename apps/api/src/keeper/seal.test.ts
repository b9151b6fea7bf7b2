import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { modelOf, NOW } from '../../test/world/snapshots.ts'
import { SOURCE, Tables, visibilityOf } from '../../test/world/tables.ts'
import { sealVisibility } from './seal.ts'
import type { Storage } from './storage.ts'

test('the time of the last change rises by whole seconds, as HTTP has them, and the revision', () => {
  const year = 365 * 86_400_000
  const shifts = fc.oneof(
    fc.integer({ min: -5000, max: 5000 }),
    fc.integer({ min: -10 * year, max: 10 * year }),
  )
  fc.assert(
    fc.property(fc.array(shifts, { maxLength: 12 }), (list) => {
      const tables = new Tables()
      let ids = 'a'
      tables.commit(ids)
      for (const [index, shift] of list.entries()) {
        const { changed_at, tag } = tables.catalog
        const { revision } = tables.rows.keeper()
        // Each third one brings nothing new.
        if (index % 3 !== 2) ids = `new-${index} ${ids}`
        tables.commit(ids, { now: NOW + shift })
        if (tables.catalog.tag === tag) expect(tables.catalog.changed_at).toBe(changed_at)
        else expect(secondOf(tables.catalog.changed_at)).toBeGreaterThan(secondOf(changed_at))
        expect(tables.rows.keeper().revision).toBeGreaterThan(revision)
        expect(tables.rows.keeper().revision).toBeGreaterThanOrEqual(NOW + shift)
      }
    }),
    { numRuns: 20 },
  )
})

test('it rises also when another catalog is served, and when the first one is again', () => {
  const tables = new Tables()
  tables.commit('a')
  const elsewhere = { ...SOURCE, base_url: 'https://elsewhere.test' }
  const seconds = [elsewhere, SOURCE, elsewhere, SOURCE, elsewhere].map((source) => {
    for (let sweep = 0; sweep < 2; sweep += 1) tables.commit('a', { source })
    return secondOf(tables.catalog.changed_at) - secondOf(NOW)
  })
  expect(seconds).toEqual([1, 2, 3, 4, 5])
})

test('what the public sees is not made anew where nothing has changed', () => {
  const tables = new Tables()
  tables.commit('a')
  const { written } = tables
  const exec: Storage['sql']['exec'] = (query, ...bindings) => {
    if (query.includes('FROM aliases')) throw new Error('nobody has to look')
    return tables.storage.sql.exec(query, ...bindings)
  }
  const watched = new Tables({ ...tables.storage, sql: { exec } })
  sealVisibility(watched.storage, visibilityOf(), NOW)
  expect(tables.written).toBe(written)
  expect(watched.commit('a')).toEqual({ changes: 0, doubted: 0 })
  expect(() => sealVisibility(watched.storage, visibilityOf('a'), NOW)).toThrow('has to look')
  expect(() => watched.commit('a', { hidden: 'x' })).toThrow('has to look')
})

function secondOf(time: number): number {
  return Math.floor(time / 1000)
}

test('what would have more than 2 MB is refused, and everything kept as it was', () => {
  const tables = new Tables()
  // Two bytes for each character.
  const large = (count: number): unknown =>
    tables.commit([modelOf('large', { display_name: 'é'.repeat(count) })])
  tables.commit('a')
  const dump = (): unknown =>
    ['keeper', 'catalogs', 'models', 'changes'].map((name) => tables.dump(name))
  const before = dump()
  const refusal: unknown = expect.objectContaining({ name: 'SyncError', reason: 'too_large' })
  expect(() => large(1_000_000)).toThrow(refusal)
  expect(dump()).toEqual(before)
  large(999_000)
  expect(tables.ids).toBe('a large')
})
