import type { Change } from '@models-edge/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Tables } from '../../test/world/keeper-world.ts'
import { modelOf, START, startPlus } from '../../test/world/snapshots.ts'
import type { StoredModel } from '../snapshot/model.ts'
import { tagOf } from '../snapshot/tag.ts'

const NOW = Date.parse(START)
const MINUTE = 60_000

const a = modelOf('a')
const b = modelOf('b')
const secret = modelOf('secret')
const hidden = 'secret'

/** What the public sees, newest first. */
function publicOf(
  tables: Tables,
  hides = '',
): { readonly changes: readonly Change[]; readonly models: readonly string[] } {
  return JSON.parse(tables.content(hides)) as ReturnType<typeof publicOf>
}

function newest(tables: Tables, hides = ''): Change | undefined {
  return publicOf(tables, hides).changes[0]
}

test('the first sweep tells what its dates tell, and nothing as if it had just happened', () => {
  const tables = new Tables()
  const old = modelOf('old', { lifecycle: 'deprecated', deprecated_at: '2026-06-01T00:00:00Z' })
  expect(tables.commit([a, old])).toEqual({ changes: 3, doubted: 0 })
  const { changes } = publicOf(tables)
  expect(changes.map(({ change, seeded }) => [change, seeded])).toEqual([
    ['deprecated', true],
    ['released', true],
    ['released', true],
  ])
})

test('a model that is new is released at the time of the commit', () => {
  const tables = new Tables()
  tables.commit([a])
  expect(tables.commit([b, a], { now: NOW + MINUTE })).toEqual({ changes: 1, doubted: 0 })
  const event = { change: 'released', model_id: 'b', at: startPlus(MINUTE), seeded: false }
  expect(newest(tables)).toMatchObject(event)
})

test('what is in doubt is no news; believed, it is', () => {
  const tables = new Tables()
  tables.commit([b, a])
  const changed = modelOf('a', { max_tokens: 5 })
  expect(tables.commit([changed], { now: NOW + MINUTE })).toEqual({ changes: 0, doubted: 2 })
  expect(tables.commit([changed], { now: NOW + 2 * MINUTE })).toEqual({ changes: 2, doubted: 0 })
  const at = startPlus(2 * MINUTE)
  expect(publicOf(tables).changes.slice(0, 2)).toMatchObject([
    { change: 'changed', model_id: 'a', at, fields: ['max_tokens'] },
    { change: 'removed', model_id: 'b', at, model: { id: 'b' } },
  ])
})

test('the time of the sync is when upstream was asked, and stays where something is in doubt', () => {
  const tables = new Tables()
  const synced = (): string => new Date(tables.catalog.synced_at).toISOString()
  tables.commit([b, a])
  tables.commit([b, a], { began: NOW + MINUTE, now: NOW + MINUTE + 5000 })
  expect(synced()).toBe(startPlus(MINUTE))
  tables.commit([a], { now: NOW + 2 * MINUTE })
  expect(synced()).toBe(startPlus(MINUTE))
  tables.commit([b, a], { now: NOW + 3 * MINUTE })
  expect(synced()).toBe(startPlus(3 * MINUTE))
})

test('a text of the same value is taken over without news', () => {
  const tables = new Tables()
  tables.commit([a])
  const respelled = { ...a, json: JSON.stringify(JSON.parse(a.json), null, 1) }
  expect(tables.commit([respelled])).toEqual({ changes: 0, doubted: 0 })
  expect(tables.commit([respelled])).toEqual({ changes: 0, doubted: 0 })
  expect(publicOf(tables).models).toEqual([respelled.json])
  expect(tables.catalog.tag).toBe(tagOf(tables.content()))
})

test('another order is no news, and is another content', () => {
  const tables = new Tables()
  tables.commit([b, a])
  for (const now of [NOW + MINUTE, NOW + 2 * MINUTE]) {
    expect(tables.commit([a, b], { now })).toEqual({ changes: 0, doubted: 0 })
  }
  expect(tables.catalog).toMatchObject({
    tag: tagOf(tables.content()),
    changed_at: NOW + 2 * MINUTE,
  })
})

describe('what is written', () => {
  test('is what differs, and two rows that say when and how', () => {
    const tables = new Tables()
    const rowsOf = (models: readonly StoredModel[]): number => {
      const before = tables.written
      tables.commit(models)
      return tables.written - before
    }
    const others = Array.from({ length: 20 }, (_, index) => modelOf(`x${index}`))
    tables.commit([...others, a])
    expect(rowsOf([...others, a])).toBe(2)
    const changed = modelOf('a', { max_tokens: 5 })
    expect(rowsOf([...others, changed])).toBe(2)
    // The model and its event.
    expect(rowsOf([...others, changed])).toBe(4)
    expect(rowsOf([...others, changed, b])).toBe(4)
  })

  test('is what upstream listed, in its order', () => {
    const ids = ['a', 'b', 'c', 'd', 'secret', '__proto__']
    const sweeps = fc.array(fc.shuffledSubarray(ids, { minLength: 1 }), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(sweeps, (list) => {
        const tables = new Tables()
        const last = list.at(-1)!.filter((id) => id !== 'secret')
        for (const [index, listed] of [...list, last, last, last].entries()) {
          const models = listed.map((id) => modelOf(id))
          tables.commit(models, { hidden, now: NOW + index * MINUTE })
        }
        expect(tables.rows.models(1).map(({ id, place }) => [id, place])).toEqual(
          last.map((id, place) => [id, place]),
        )
      }),
      { numRuns: 40 },
    )
  })
})

describe('a hidden model', () => {
  test('is not kept, and can be all that upstream lists', () => {
    const tables = new Tables()
    tables.commit([secret], { hidden })
    expect(publicOf(tables)).toMatchObject({ models: [], changes: [] })
    tables.commit([secret, a], { hidden })
    const kept = [tables.dump('models'), tables.dump('changes'), tables.catalog.doubts]
    expect(JSON.stringify(kept)).not.toContain('secret')
    expect(tables.rows.models(1).map(({ id }) => id)).toEqual(['a'])
  })

  test('that is hidden no more is released now, also if it is old', () => {
    const tables = new Tables()
    tables.commit([secret, a], { hidden })
    tables.commit([secret, a], { now: NOW + MINUTE })
    const event = { change: 'released', model_id: 'secret', seeded: false, at: startPlus(MINUTE) }
    expect(newest(tables)).toMatchObject(event)
    expect(publicOf(tables).models).toEqual([secret.json, a.json])
  })

  test('that was public leaves with its history at once, and without an event', () => {
    const tables = new Tables()
    tables.commit([a])
    tables.commit([secret, a], { now: NOW + MINUTE })
    const released = newest(tables)
    expect(released).toMatchObject({ model_id: 'secret' })
    tables.commit([secret, a], { now: NOW + 2 * MINUTE, hidden })
    expect(tables.content(hidden)).not.toContain('secret')
    expect(newest(tables, hidden)).toMatchObject({ model_id: 'a' })

    // Its events come back where they were, behind the one that it is there again.
    tables.commit([secret, a], { now: NOW + 3 * MINUTE })
    const events = publicOf(tables).changes.filter(({ model_id }) => model_id === 'secret')
    expect(events).toMatchObject([{ change: 'released', at: startPlus(3 * MINUTE) }, released!])
  })
})
