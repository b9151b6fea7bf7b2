import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SOURCE, Tables } from '../../test/world/keeper-world.ts'
import { modelOf, START } from '../../test/world/snapshots.ts'
import type { StoredModel } from '../snapshot/model.ts'
import { commitFailure } from './commit-failure.ts'
import { SyncError } from './failure.ts'

const NOW = Date.parse(START)
const one = modelOf('one')
const two = modelOf('two')

/** When the content changed, in the whole seconds that HTTP has. */
function changedSecond({ catalog }: Tables): number {
  return Math.floor(catalog.changed_at / 1000)
}

describe('the time of the last change', () => {
  test('is the commit’s where the public sees something else, and stays where it does not', () => {
    const tables = new Tables()
    tables.commit([one])
    expect(tables.catalog.changed_at).toBe(NOW)
    tables.commit([one], { now: NOW + 60_000 })
    expect(tables.catalog.changed_at).toBe(NOW)
    tables.commit([two, one], { now: NOW + 120_000 })
    expect(tables.catalog.changed_at).toBe(NOW + 120_000)
  })

  test('rises by whole seconds with each change, whatever clocks say', () => {
    const shifts = fc.array(fc.integer({ min: -5000, max: 5000 }), { maxLength: 12 })
    fc.assert(
      fc.property(shifts, (list) => {
        const tables = new Tables()
        tables.commit([one])
        let now = NOW
        for (const [index, shift] of list.entries()) {
          now += shift
          const { changed_at, tag } = tables.catalog
          const second = changedSecond(tables)
          const models = index % 3 === 2 ? [one] : [modelOf(`new-${index}`), one]
          tables.commit(models, { now })
          if (tables.catalog.tag === tag) expect(tables.catalog.changed_at).toBe(changed_at)
          else expect(changedSecond(tables)).toBeGreaterThan(second)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('rises also when another catalog is served, and when the first one is again', () => {
    const tables = new Tables()
    tables.commit([one])
    const source = { ...SOURCE, base_url: 'https://elsewhere.test' }
    const seconds = [changedSecond(tables)]
    for (const from of [source, SOURCE, source]) {
      const models = from === SOURCE ? [one] : [two]
      for (const now of [NOW, NOW]) tables.commit(models, { source: from, now })
      seconds.push(changedSecond(tables))
    }
    expect(seconds).toEqual([...new Set(seconds)].toSorted((first, second) => first - second))
  })

  test('is another one as soon as other models are hidden', () => {
    const tables = new Tables()
    tables.commit([two, one])
    tables.commit([two, one], { now: NOW + 60_000, hidden: 'nothing-of-this' })
    expect(tables.catalog).toMatchObject({ changed_at: NOW, hidden: 'nothing-of-this' })
    tables.commit([two, one], { now: NOW + 120_000, hidden: 'two' })
    expect(tables.catalog).toMatchObject({ changed_at: NOW + 120_000, hidden: 'two' })
  })
})

test('each commit has a higher revision, also with clocks that go back or are years ahead', () => {
  const years = 10 * 365 * 86_400_000
  const steps = fc.array(fc.tuple(fc.integer({ min: -years, max: years }), fc.boolean()))
  fc.assert(
    fc.property(steps, (list) => {
      const tables = new Tables()
      let last = 0
      for (const [shift, isWell] of list) {
        const now = NOW + shift
        if (isWell) tables.commit([one], { now })
        else commitFailure(tables.storage, new SyncError('empty', 'The list is empty'), now)
        const { revision } = tables.rows.keeper()
        expect(revision).toBeGreaterThan(last)
        expect(revision).toBeGreaterThanOrEqual(now)
        last = revision
      }
    }),
    { numRuns: 40 },
  )
})

test('what would have more than 2 MB is refused, and everything kept as it was', () => {
  const tables = new Tables()
  tables.commit([one])
  const names = ['keeper', 'catalogs', 'models', 'changes']
  const before = names.map((name) => tables.dump(name))

  const small = new Tables()
  small.commit([one])
  small.commit([large(0), one])
  // Two bytes each.
  const most = Math.floor((2_000_000 - Buffer.byteLength(small.content())) / 2)
  expect(() => tables.commit([large(most + 1), one], { now: NOW + 1 })).toThrow(
    expect.objectContaining({ name: 'SyncError', reason: 'too_large' }) as Error,
  )
  expect(names.map((name) => tables.dump(name))).toEqual(before)
  tables.commit([large(most), one], { now: NOW + 1 })
  expect(Buffer.byteLength(tables.content())).toBeGreaterThan(1_999_998)
})

function large(count: number): StoredModel {
  return modelOf('large', { display_name: 'é'.repeat(count) })
}
