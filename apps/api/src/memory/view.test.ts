import { describe, expect, test } from 'vitest'
import {
  changeAt,
  modelOf,
  snapshotOf,
  START,
  startPlus,
  viewOf,
} from '../../test/world/snapshots.ts'
import { changeId } from '../snapshot/cursor.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { CLOCK_TOLERANCE_MS, STALE_MS } from '../timing.ts'
import { View } from './view.ts'

const now = Date.parse(START)

const parts = {
  models: [modelOf('claude-c-2'), modelOf('claude-b-1'), modelOf('claude-a-1')],
  aliases: [
    { alias: 'claude-c', id: 'claude-c-2' },
    { alias: 'claude-a', id: 'claude-a-1' },
    { alias: 'claude-x', id: 'claude-x-9' },
    { alias: 'claude-b-1', id: 'claude-a-1' },
  ],
  changes: [changeAt(40, 'claude-c-2'), changeAt(30, 'claude-b-1'), changeAt(10, 'claude-a-1')],
} satisfies Partial<Snapshot>

function places(changes: readonly { readonly id: string }[]): readonly string[] {
  return changes.map(({ id }) => id)
}

function hiding(...hidden: readonly string[]): View {
  return new View(snapshotOf(parts), (name) => hidden.includes(name), now)
}

describe('a name', () => {
  test('is an id or an alias of a model that is there; an id goes before an alias', () => {
    const view = viewOf(parts)
    expect([...view.names].toSorted()).toEqual(
      ['claude-a', 'claude-a-1', 'claude-b-1', 'claude-c', 'claude-c-2'].toSorted(),
    )
    for (const name of view.names) expect(view.find(name)).toBeDefined()
    expect(view.find('claude-c')?.id).toBe('claude-c-2')
    expect(view.find('claude-b-1')?.id).toBe('claude-b-1')
    for (const name of ['claude-x', 'claude-x-9', '__proto__', '']) {
      expect(view.find(name)).toBeUndefined()
    }
  })
})

describe('what this deployment hides beyond the Keeper', () => {
  test('is a model with its aliases and its history', () => {
    const view = hiding('claude-a-1')
    expect(view.models.items.map(({ id }) => id)).toEqual(['claude-c-2', 'claude-b-1'])
    expect(view.changes.items.map(({ id }) => id)).toEqual([changeId(40), changeId(30)])
    expect([...view.names]).not.toContain('claude-a')
    expect(view.find('claude-a')).toBeUndefined()
    expect(() => view.models.page({ after_id: 'claude-a-1' })).toThrow('Invalid pagination cursor')
  })

  test('is an alias alone, where only that is named', () => {
    const view = hiding('claude-a')
    expect(view.find('claude-a')).toBeUndefined()
    expect(view.find('claude-a-1')?.id).toBe('claude-a-1')
  })
})

describe('the time of the last change', () => {
  test('is told where all is seen that the snapshot has', () => {
    expect(viewOf({ ...parts, changed_at: startPlus(-1) }).changedAt).toBe(startPlus(-1))
  })

  test.each([
    ['a model', 'claude-d-1', { ...parts, models: [modelOf('claude-d-1')] }],
    ['an alias', 'claude-a', parts],
    ['a change of a model that is gone', 'gone', { ...parts, changes: [changeAt(1, 'gone')] }],
  ])('is not known where %s is hidden here: nobody knows since when', (_, hidden, of) => {
    const view = new View(snapshotOf(of), (name) => name === hidden, now)
    expect(view.changedAt).toBeUndefined()
  })

  test('is not told where it lies ahead, but for clocks that differ', () => {
    const last = startPlus(CLOCK_TOLERANCE_MS)
    const next = startPlus(CLOCK_TOLERANCE_MS + 1)
    expect(viewOf({ changed_at: last }).changedAt).toBe(last)
    expect(viewOf({ changed_at: next }).changedAt).toBeUndefined()
  })
})

test('every answer says when the data was read, and whether that is long ago', () => {
  const states = [0, STALE_MS, STALE_MS + 1, -STALE_MS].map((age) => viewOf({}, now + age))
  expect(states.map(({ standing }) => standing)).toEqual(['fresh', 'fresh', 'stale', 'fresh'])
  expect(states.map(({ headers }) => headers)).toEqual(
    states.map(({ standing }) => ({
      'cache-status': `models-edge; hit; detail=${standing}`,
      'x-synced-at': START,
    })),
  )
})

describe('a cursor among the changes', () => {
  const [newest, middle, oldest] = [changeId(40), changeId(30), changeId(10)]

  test.each<[string, number, readonly string[], readonly string[]]>([
    ['of a change', 30, [newest], [oldest]],
    ['of the newest', 40, [], [middle, oldest]],
    ['of the oldest', 10, [newest, middle], []],
    ['in between, which this place does not know', 20, [newest, middle], [oldest]],
    ['that is ahead of all', 99, [], [newest, middle, oldest]],
    ['that is before all', 1, [newest, middle, oldest], []],
  ])('%s', (_, place, newer, older) => {
    const { changes } = viewOf(parts)
    const cursor = changeId(place)
    expect(places(changes.page({ before_id: cursor }).data)).toEqual(newer)
    expect(places(changes.page({ after_id: cursor }).data)).toEqual(older)
  })

  test('of a hidden change leads to what lies beside it', () => {
    const { changes } = hiding('claude-b-1')
    expect(places(changes.page({ before_id: middle }).data)).toEqual([newest])
    expect(places(changes.page({ after_id: middle }).data)).toEqual([oldest])
  })

  test('has its form, also where there is no change', () => {
    const { changes } = viewOf()
    expect(changes.page({ before_id: newest }).data).toEqual([])
    for (const cursor of ['', 'claude-a-1', `${newest}0`]) {
      expect(() => changes.page({ before_id: cursor })).toThrow(
        "Invalid pagination cursor for 'before_id'",
      )
    }
  })
})
