import type { Change } from '@models-edge/core'
import { expect, test } from 'vitest'
import { NOW, START } from '../../test/world/snapshots.ts'
import { Tables } from '../../test/world/tables.ts'
import { positionOf, positionOfTime } from '../snapshot/cursor.ts'
import type { News } from '../snapshot/news.ts'
import { addToHistory } from './history.ts'

const YEAR = 365 * 86_400_000

class History {
  readonly tables = new Tables()
  completeFrom = 0

  add(items: readonly News[], now = NOW, id = 1): void {
    const { rows, storage } = this.tables
    const catalog = { id, complete_from: this.completeFrom }
    this.completeFrom = addToHistory(storage, rows, catalog, items, now, () => 0.5)
  }

  /** Newest first. */
  get changes(): readonly Change[] {
    return this.tables.rows.changes(1).map(({ json }) => JSON.parse(json) as Change)
  }

  names(kind: Change['change']): readonly string[] {
    return this.changes.filter(({ change }) => change === kind).map(({ model_id }) => model_id)
  }
}

function news(model_id: string, change: Change['change'] = 'released'): News {
  return { change, model_id, at: START, seeded: false }
}

/** Of the models with these numbers, newest first. */
function many(from: number, count: number, change: Change['change'] = 'released'): News[] {
  return Array.from({ length: count }, (_, index) => news(`${from + count - 1 - index}`, change))
}

function idsOf(items: readonly News[]): readonly string[] {
  return items.map(({ model_id }) => model_id)
}

test('news are written as they are served, the newest first', () => {
  const history = new History()
  history.add([news('b'), news('a')])
  history.add([news('c')])
  expect(history.names('released')).toEqual(['c', 'b', 'a'])
  const [newest] = history.tables.rows.changes(1)
  const id = expect.stringMatching(/^chg_/) as string
  expect(JSON.parse(newest!.json)).toEqual({ type: 'change', id, ...news('c') })
  expect(newest!.model_id).toBe('c')
})

test('no news ask nothing of the history', () => {
  const { rows, storage } = new Tables()
  const asked = { ...storage, sql: { exec: refuse } }
  expect(addToHistory(asked, rows, { id: 1, complete_from: 7 }, [], NOW, () => 0.5)).toBe(7)
})

function refuse(): never {
  throw new Error('nobody has to ask')
}

test('positions rise, and are behind those of before the catalog, also where a clock goes back', () => {
  const history = new History()
  history.completeFrom = positionOfTime(NOW)
  for (const shift of [-YEAR, YEAR, 0]) history.add(many(0, 2), NOW + shift)
  const positions = history.changes.map(({ id }) => positionOf(id)!).toReversed()
  const known = [positionOfTime(NOW), ...positions]
  expect(known).toEqual([...new Set(known)].toSorted((one, other) => one - other))
})

test('500 changed fields are kept and 500 of all others, and neither pushes out the other', () => {
  const history = new History()
  history.add(many(0, 300, 'removed'))
  history.add(many(0, 200, 'deprecated'))
  history.add(many(0, 500, 'changed'))
  expect(history.changes).toHaveLength(1000)
  expect(history.completeFrom).toBe(0)

  const oldest = history.changes.findLast(({ change }) => change === 'changed')!
  history.add([news('later', 'changed')])
  expect(history.names('changed')).toEqual(['later', ...idsOf(many(1, 499))])
  expect(history.changes).toHaveLength(1000)
  // Behind this position nothing is missing, and it never goes back.
  expect(history.completeFrom).toBe(positionOf(oldest.id))
  history.add([news('x', 'retired'), news('y', 'retirement_rescheduled')], NOW - YEAR)
  expect(history.names('removed')).toEqual(idsOf(many(2, 298)))
  expect(history.names('deprecated')).toHaveLength(200)
  expect(history.names('changed')).toHaveLength(500)
  expect(history.completeFrom).toBe(positionOf(oldest.id))

  history.add(many(0, 600), NOW, 2)
  expect(history.changes).toHaveLength(1000)
  expect(history.tables.rows.changes(2)).toHaveLength(500)
})

test('changed fields with large values push nothing else out, and the oldest of them go', () => {
  const history = new History()
  history.add(many(0, 20, 'removed'))
  const values = { capabilities: { from: 'x'.repeat(2000), to: 'y'.repeat(2000) } }
  history.add(many(0, 400, 'changed').map((item) => ({ ...item, values })))
  expect(history.names('removed')).toHaveLength(20)
  const kept = history.names('changed')
  expect(kept).toEqual(idsOf(many(400 - kept.length, kept.length)))
  const size = JSON.stringify(history.changes.slice(0, kept.length)).length
  expect(size).toBeLessThan(451_000)
  expect(size).toBeGreaterThan(440_000)
})
