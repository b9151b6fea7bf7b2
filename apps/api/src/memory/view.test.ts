import { expect, test } from 'vitest'
import {
  changeAt,
  modelOf,
  snapshotOf,
  START,
  startPlus,
  viewOf,
} from '../../test/world/snapshots.ts'
import { tagOfContent } from '../snapshot/coding.ts'
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

function hiding(hidden: string, of: Partial<Snapshot> = parts): View {
  return new View(snapshotOf(of), (name) => name === hidden, now)
}

test('a name is an id or an alias of a model that is there; an id goes before an alias', () => {
  const view = viewOf(parts)
  const found = Array.from(view.names, (name) => [name, view.find(name)?.id])
  expect(Object.fromEntries(found)).toEqual({
    'claude-a': 'claude-a-1',
    'claude-a-1': 'claude-a-1',
    'claude-b-1': 'claude-b-1',
    'claude-c': 'claude-c-2',
    'claude-c-2': 'claude-c-2',
  })
  for (const name of ['claude-x', '__proto__', '']) expect(view.find(name)).toBeUndefined()
})

test('what this deployment hides beyond the Keeper is a model with its aliases and its history', () => {
  const view = hiding('claude-a-1')
  expect(view.models.items.map(({ id }) => id)).toEqual(['claude-c-2', 'claude-b-1'])
  expect(view.changes.items.map(({ id }) => id)).toEqual([changeId(40), changeId(30)])
  expect([...view.names].toSorted()).toEqual(['claude-b-1', 'claude-c', 'claude-c-2'])
  // An alias can be hidden alone.
  expect([...hiding('claude-a').names].toSorted()).toEqual(['claude-a-1', ...view.names].toSorted())
})

const [last, next] = [startPlus(CLOCK_TOLERANCE_MS), startPlus(CLOCK_TOLERANCE_MS + 1)]

const past = { name: 'x', id: 'claude-a-1', since: START }

test.each<[string, string, Partial<Snapshot>, string | undefined]>([
  ['known', '', { ...parts, changed_at: last }, last],
  ['not believed where it lies ahead', '', { changed_at: next }, undefined],
  // Nobody knows since when something is hidden here.
  ['not known where a model is hidden', 'x', { ...parts, models: [modelOf('x')] }, undefined],
  ['not known where an alias is', 'claude-a', parts, undefined],
  ['not known where a change is', 'x', { ...parts, changes: [changeAt(1, 'x')] }, undefined],
  ['not known where a past name is', 'x', { ...parts, past_names: [past] }, undefined],
])('the time of the last change is %s', (_, hidden, of, expected) => {
  expect(hiding(hidden, of).changedAt).toBe(expected)
})

test.each([
  [0, 'fresh'],
  [STALE_MS, 'fresh'],
  [STALE_MS + 1, 'stale'],
])('every answer says when the data was read; after %i ms it is %s', (age, standing) => {
  const view = viewOf({}, now + age)
  expect(view.standing).toBe(standing)
  expect(Object.fromEntries(view.headers.under('data'))).toMatchObject({
    'cache-status': `models-edge; hit; detail=${standing}`,
    'x-synced-at': START,
  })
})

test('each list is named as the Keeper names it, and otherwise where less of it is seen here', () => {
  const tag = tagOfContent({
    models: parts.models.map(({ json }) => json),
    aliases: parts.aliases,
    changes: parts.changes.map((change) => JSON.stringify(change)),
    complete_from: 0,
    past_names: [],
  })
  const [models, aliases, changes] = tag.split('-')
  const named = (own?: string): Partial<Snapshot> => ({ ...parts, ...(own && { tag: own }) })
  expect(hiding('', named('m-a-c')).tags).toEqual({ models: 'm', changes: 'c' })
  // Earlier code gave no names, or one for all.
  for (const own of [undefined, 'one for all', 'm-a']) {
    expect(hiding('', named(own)).tags).toEqual({ models, changes })
  }
  expect(aliases).not.toBe(models)
  const less = hiding('claude-a-1', named(tag)).tags
  expect(less.models).not.toBe(models)
  expect(less.changes).not.toBe(changes)
})
