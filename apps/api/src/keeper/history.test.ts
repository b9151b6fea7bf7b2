import type { Change } from '@models-edge/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chance, Tables } from '../../test/world/keeper-world.ts'
import { START } from '../../test/world/snapshots.ts'
import { placeOf, placeOfTime } from '../snapshot/cursor.ts'
import type { News } from '../snapshot/news.ts'
import { addToHistory } from './history.ts'

const NOW = Date.parse(START)
const ID = 1

class History {
  readonly tables = new Tables()
  completeFrom = 0
  readonly #random = chance()

  add(told: readonly News[], now = NOW): void {
    const { rows, storage } = this.tables
    const catalog = { id: ID, complete_from: this.completeFrom }
    this.completeFrom = addToHistory(storage, rows, catalog, told, now, this.#random)
  }

  /** Newest first. */
  get changes(): readonly Change[] {
    return this.tables.rows.changes(ID).map(({ json }) => JSON.parse(json) as Change)
  }

  names(kind: Change['change']): readonly string[] {
    return this.changes.filter(({ change }) => change === kind).map(({ model_id }) => model_id)
  }
}

function news(model_id: string | number, change: Change['change'] = 'released'): News {
  return { change, model_id: String(model_id), at: START, seeded: false }
}

function many(count: number, change: Change['change'], from = 0): readonly News[] {
  return Array.from({ length: count }, (_, index) => news(from + count - 1 - index, change))
}

test('news are written as they are served, the newest first', () => {
  const history = new History()
  history.add([news('b'), news('a')])
  history.add([news('c')])
  expect(history.changes.map(({ model_id }) => model_id)).toEqual(['c', 'b', 'a'])
  const [newest] = history.tables.rows.changes(ID)
  const id = expect.stringMatching(/^chg_/) as string
  expect(JSON.parse(newest!.json)).toEqual({ type: 'change', id, ...news('c') })
  expect(newest!.model_id).toBe('c')
})

test('where nothing happened, nothing is written', () => {
  const history = new History()
  history.completeFrom = 7
  const { written } = history.tables
  history.add([])
  expect([history.tables.written, history.completeFrom]).toEqual([written, 7])
})

test('places rise, whatever clocks say, and as ids they rise too', () => {
  const years = 50 * 365 * 86_400_000
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -years, max: years }), fc.nat(3)), { maxLength: 8 }),
      (steps) => {
        const history = new History()
        // Cursors of before the catalog began must stay behind it.
        history.completeFrom = placeOfTime(NOW)
        for (const [shift, count] of steps) history.add(many(count, 'released'), NOW + shift)
        const ids = history.changes.map(({ id }) => id).toReversed()
        expect(ids).toEqual([...new Set(ids)].toSorted())
        expect(ids.every((id) => placeOf(id)! > placeOfTime(NOW))).toBe(true)
      },
    ),
  )
})

test('a place tells the time at which it was given, where the clock is right', () => {
  const history = new History()
  history.add([news('a')], NOW)
  history.add([news('b')], NOW + 1000)
  const [b, a] = history.changes.map(({ id }) => placeOf(id)!)
  expect(a).toBeGreaterThan(placeOfTime(NOW))
  expect(b).toBeGreaterThan(placeOfTime(NOW + 1000))
  expect(a).toBeLessThan(placeOfTime(NOW + 1000))
})

describe('of a history that grows', () => {
  test('500 changed fields are kept, and push nothing else out', () => {
    const history = new History()
    history.add(many(500, 'removed'))
    history.add(many(500, 'changed'))
    expect(history.changes).toHaveLength(1000)
    expect(history.completeFrom).toBe(0)
    const oldest = history.changes.findLast(({ change }) => change === 'changed')
    history.add([news('later', 'changed')])
    expect(history.names('changed')).toEqual(['later', ...many(499, 'changed', 1).map(idOf)])
    expect(history.names('removed')).toHaveLength(500)
    expect(history.completeFrom).toBe(placeOf(oldest!.id))
  })

  test('500 of all others are kept, together', () => {
    const history = new History()
    history.add(many(1, 'changed'))
    history.add(many(300, 'released'))
    history.add(many(199, 'deprecated'))
    const oldest = history.changes.filter(({ change }) => change === 'released').at(-2)
    history.add([news('x', 'retired'), news('y', 'retirement_rescheduled'), news('z', 'removed')])
    expect(history.names('released')).toEqual(many(298, 'released', 2).map(idOf))
    expect(history.names('deprecated')).toHaveLength(199)
    expect(history.names('changed')).toHaveLength(1)
    expect(history.completeFrom).toBe(placeOf(oldest!.id))
  })

  test('behind the place that is told nothing is missing, and it never goes back', () => {
    const history = new History()
    history.add(many(600, 'released'))
    const before = history.completeFrom
    history.add([news('later', 'changed')], NOW - 86_400_000)
    expect(history.completeFrom).toBe(before)
    expect(history.changes.filter(({ id }) => placeOf(id)! <= before)).toEqual([])
  })

  test('changed fields with large values push nothing else out', () => {
    const history = new History()
    history.add(many(20, 'removed'))
    const values = { capabilities: { from: 'x'.repeat(2000), to: 'y'.repeat(2000) } }
    history.add(many(400, 'changed').map((told) => ({ ...told, values })))
    expect(history.names('removed')).toHaveLength(20)
    const size = JSON.stringify(history.changes).length
    expect(size).toBeLessThan(1_000_000)
    expect(history.names('changed').length).toBeGreaterThan(100)
  })

  test('another catalog keeps its own', () => {
    const history = new History()
    history.add(many(500, 'released'))
    addToHistory(
      history.tables.storage,
      history.tables.rows,
      { id: 2, complete_from: 0 },
      many(600, 'released'),
      NOW,
      chance(),
    )
    expect(history.changes).toHaveLength(500)
    expect(history.tables.rows.changes(2)).toHaveLength(500)
  })
})

function idOf({ model_id }: News): string {
  return model_id
}
