import { ApiError } from '@models-edge/core'
import { describe, expect, test } from 'vitest'
import { NOW } from '../../test/world/snapshots.ts'
import { Tables, visibilityOf } from '../../test/world/tables.ts'
import { ALIAS_MS, ALIASES_A_SYNC, CRON_MS } from '../timing.ts'
import {
  type Answered,
  askAliases,
  believeAlias,
  candidates,
  commitAliases,
  dueAliases,
} from './aliases.ts'
import type { AliasRow } from './rows.ts'
import type { Upstream } from './upstream.ts'

test('candidates are dated ids without their date and what the operator names, but no ids', () => {
  const dated = ['m-4-5-20251001', 'm-4-5-20250101']
  const ids = [...dated, 'm-4', 'x-2025100', 'y-202510011', '-20250101', '20250101']
  expect(candidates(ids, [])).toEqual(['m-4-5'])
  // A name is one line.
  expect(candidates(['x\ny-20250101'], [])).toEqual([])
  expect(candidates([...ids, 'm'], ['m-latest', 'm-4-5', 'm'])).toEqual(['m-latest', 'm-4-5'])
  // No more than can be asked for within an hour.
  const many = Array.from({ length: 400 }, (_, index) => `m-${index}-20250101`)
  expect(candidates(many, [])).toHaveLength((ALIASES_A_SYNC * ALIAS_MS) / CRON_MS)
})

/** A name that was asked for so long ago. */
function asked(alias: string, ageMs: number, doubt: string | null = null): AliasRow {
  return { alias, model: 'm', asked_at: NOW - ageMs, doubt }
}

describe('due', () => {
  test('are first those in doubt, then those never asked for, then those asked longest ago', () => {
    const rows = [
      asked('young', ALIAS_MS - 1),
      asked('by a clock that was ahead', -ALIAS_MS),
      asked('older', ALIAS_MS + 1),
      asked('doubted', 0, ''),
      asked('long doubted', 1, 'other'),
    ]
    const due = ['long doubted', 'doubted', 'never', 'older', 'by a clock that was ahead']
    expect(dueAliases([...rows.map(({ alias }) => alias), 'never'], rows, NOW)).toEqual(due)
  })

  test('are five at the most, with a place for whoever waits longest', () => {
    const doubts = ['v', 'w', 'x', 'y', 'z'].map((name, index) => asked(name, 5 - index, ''))
    const names = ['old', 'older', ...doubts.map(({ alias }) => alias)]
    const rows = [asked('old', ALIAS_MS), asked('older', ALIAS_MS + 1), ...doubts]
    expect(dueAliases(names, rows, NOW)).toEqual(['v', 'w', 'x', 'y', 'older'])
    expect(dueAliases(['never', ...names], rows, NOW).at(-1)).toBe('never')
  })
})

test('what upstream says of names, which are all asked for at once', async () => {
  const gate = Promise.withResolvers<string | null>()
  const says: Readonly<Record<string, () => Promise<string | null>>> = {
    first: () => gate.promise,
    none: () => Promise.resolve(null),
    refused: () => fail(400),
    broken: () => fail(500),
    last: () => (gate.resolve('m'), Promise.resolve('m')),
  }
  const upstream = { resolve: (name: string) => says[name]!() } as unknown as Upstream
  const { signal } = new AbortController()
  expect(await askAliases(Object.keys(says), upstream, signal)).toEqual([
    { alias: 'first', kind: 'model', id: 'm' },
    { alias: 'none', kind: 'none' },
    { alias: 'refused', kind: 'refused' },
    { alias: 'broken', kind: 'silence' },
    { alias: 'last', kind: 'model', id: 'm' },
  ])
})

// A row is what is known, `?` and what is doubted; `-` is no model. `!` is asked for again at once.
test.each([
  // known      says m   says n   none     refused  silence
  ['never asked', 'm', 'n', '-?-', '-', '-?- !'],
  ['-', 'm', 'n', '-', '-', '- !'],
  ['-?-', 'm', 'n', '-', '-', '-?- !'],
  ['m', 'm', 'm?n', 'm?-', 'm', 'm !'],
  ['m?-', 'm', 'm?n', '-', 'm', 'm !'],
  ['m?n', 'm', 'n', 'm?-', 'm', 'm !'],
  ['m?o', 'm', 'm?n', 'm?-', 'm', 'm !'],
])('a name that is known as %s, after each answer', (known, ...expected) => {
  const answers: readonly Answered[] = [
    { alias: 'name', kind: 'model', id: 'm' },
    { alias: 'name', kind: 'model', id: 'n' },
    { alias: 'name', kind: 'none' },
    { alias: 'name', kind: 'refused' },
    { alias: 'name', kind: 'silence' },
  ]
  const rows = answers.map((answer) => believeAlias(rowOf(known), answer, NOW))
  expect(rows).toEqual(expected.map(rowOf))
  // Whatever was said, a name in doubt is asked for at the next minute.
  const due = rows.map((row) => dueAliases(['name'], [row], NOW + CRON_MS).length > 0)
  expect(due).toEqual(expected.map((row) => /[?!]/.test(row)))
})

function rowOf(text: string): AliasRow | undefined {
  if (text === 'never asked') return undefined
  const [words = '', again] = text.split(' ')
  const [model, doubt] = words.split('?').map((word) => (word === '-' ? null : word))
  return {
    alias: 'name',
    model: model ?? null,
    asked_at: again ? NOW - ALIAS_MS : NOW,
    doubt: doubt === undefined ? null : (doubt ?? ''),
  }
}

test('what was found is served while it is asked for, of models that are listed', () => {
  const tables = new Tables()
  const commit = (names: readonly string[], ...answers: readonly Answered[]): boolean =>
    commitAliases(tables.storage, visibilityOf(), names, answers, { now: NOW, random: () => 0 })
  expect(commit(['m'])).toBe(false)
  tables.commit('m-20250101 n-20250101')
  const m = { alias: 'm', id: 'm-20250101' }
  const n = { alias: 'n', id: 'n-20250101' }
  const far = { alias: 'far', kind: 'model', id: 'not-listed' } as const
  const found = [{ ...m, kind: 'model' }, { ...n, kind: 'model' }, far] as const
  expect(commit(['m', 'n', 'far'], ...found)).toBe(true)
  expect(tables.shown().aliases).toEqual([m, n])
  expect(tables.rows.aliases(1)).toContainEqual({
    alias: 'far',
    model: null,
    asked_at: NOW,
    doubt: '',
  })
  const m2 = { alias: 'm2', id: 'm-20250101' }
  expect(commit(['n', 'far', 'm2'], far, { ...m2, kind: 'model' })).toBe(true)
  expect(tables.shown().aliases).toEqual([m2, n])
  expect(tables.rows.aliases(1)).toHaveLength(3)
  for (let time = 0; time < 3; time += 1) {
    expect(commit(['n', 'far', 'm2'], { alias: 'n', kind: 'silence' })).toBe(false)
  }
  expect(tables.shown().aliases).toEqual([m2, n])
  expect(tables.catalog.tag).toBe(tables.tagOfContent())
  const { written } = tables
  expect(commit(['n', 'far', 'm2'])).toBe(false)
  expect(tables.written).toBe(written)
})

function fail(status: number): Promise<never> {
  return Promise.reject(new ApiError('no', { status, type: 'api_error' }))
}
