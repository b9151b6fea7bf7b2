import { ApiError } from '@models-edge/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Tables, visibilityOf } from '../../test/world/keeper-world.ts'
import { modelOf, START } from '../../test/world/snapshots.ts'
import { tagOf } from '../snapshot/tag.ts'
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

const NOW = Date.parse(START)

/** A name that was asked for so long ago. */
function asked(alias: string, ageMs: number, doubt: string | null = null): AliasRow {
  return { alias, model: 'm', asked_at: NOW - ageMs, doubt }
}

describe('candidates', () => {
  test('are dated ids without their date, and what the operator names, each once', () => {
    const ids = ['m-4-5-20251001', 'm-4-5-20250101', 'm-4', 'x-2025100', '-20250101', '20250101']
    expect(candidates(ids, [])).toEqual(['m-4-5'])
    expect(candidates(ids, ['m-latest', 'm-4-5'])).toEqual(['m-latest', 'm-4-5'])
  })

  test('are no ids', () => {
    expect(candidates(['m', 'm-20250101'], ['m'])).toEqual([])
  })

  test('are no more than can be asked for within an hour', () => {
    const ids = Array.from({ length: 400 }, (_, index) => `m-${index}-20250101`)
    expect(candidates(ids, [])).toHaveLength((ALIASES_A_SYNC * ALIAS_MS) / CRON_MS)
  })
})

describe('due', () => {
  test('are first those in doubt, then those never asked for, then those asked longest ago', () => {
    const rows = [
      asked('young', ALIAS_MS - 1),
      asked('old', ALIAS_MS),
      asked('older', ALIAS_MS + 1),
      asked('doubted', 0, ''),
      asked('long doubted', 1, 'other'),
    ]
    const names = ['young', 'old', 'never', 'older', 'doubted', 'long doubted']
    const due = ['long doubted', 'doubted', 'never', 'older', 'old']
    expect(dueAliases(names, rows, NOW)).toEqual(due)
  })

  test('are five at the most, and in doubt before all that nobody has asked for yet', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'doubted']
    const due = ['doubted', 'a', 'b', 'c', 'd']
    expect(dueAliases(names, [asked('doubted', 0, '')], NOW)).toEqual(due)
  })

  test('leave a place for whoever waits longest, however many are in doubt', () => {
    const doubts = ['v', 'w', 'x', 'y', 'z'].map((name, index) => asked(name, 5 - index, ''))
    const names = ['old', 'older', ...doubts.map(({ alias }) => alias)]
    const rows = [asked('old', ALIAS_MS), asked('older', ALIAS_MS + 1), ...doubts]
    expect(dueAliases(names, rows, NOW)).toEqual(['v', 'w', 'x', 'y', 'older'])
    expect(dueAliases(['never', ...names], rows, NOW).at(-1)).toBe('never')
  })

  test('is what was asked for by a clock that was ahead', () => {
    const rows = [asked('ahead', -ALIAS_MS), asked('now', -1)]
    expect(dueAliases(['ahead', 'now'], rows, NOW)).toEqual(['ahead'])
  })

  test('nobody waits longer than an hour and the turns of all others, whatever is answered', () => {
    const answers = fc.constantFrom<Answered['kind']>('model', 'none', 'refused', 'silence')
    fc.assert(
      fc.property(fc.array(answers, { minLength: 1, maxLength: 60 }), (kinds) => {
        const names = kinds.map((_, index) => `name-${index}`)
        // A name that stands for nothing takes two turns: the first such answer is doubted. Names that
        // nobody answers for are asked for again and again, and leave one place for all others.
        const isSilent = kinds.includes('silence')
        const turns = isSilent ? names.length : 2 * Math.ceil(names.length / ALIASES_A_SYNC)
        const rows = new Map<string, AliasRow>()
        const last = new Map(names.map((name) => [name, 0]))
        for (let minute = 1; minute <= 200; minute += 1) {
          const now = NOW + minute * CRON_MS
          for (const alias of dueAliases(names, [...rows.values()], now)) {
            const kind = kinds[names.indexOf(alias)]!
            const answer: Answered = kind === 'model' ? { alias, kind, id: 'm' } : { alias, kind }
            rows.set(alias, believeAlias(rows.get(alias), answer, now))
            last.set(alias, minute)
          }
          const late = names.filter((name) => {
            const patience = turns + (rows.has(name) ? ALIAS_MS / CRON_MS : 0)
            return minute - last.get(name)! > patience
          })
          expect(late).toEqual([])
        }
      }),
      { numRuns: 20 },
    )
  })
})

test('what upstream says of a name, all asked at once', async () => {
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
describe.each([
  // known      says m   says n   none     refused  silence
  ['never asked', 'm', 'n', '-?-', '-', '-?- !'],
  ['-', 'm', 'n', '-', '-', '- !'],
  ['-?-', 'm', 'n', '-', '-', '-?- !'],
  ['m', 'm', 'm?n', 'm?-', 'm', 'm !'],
  ['m?-', 'm', 'm?n', '-', 'm', 'm !'],
  ['m?n', 'm', 'n', 'm?-', 'm', 'm !'],
  ['m?o', 'm', 'm?n', 'm?-', 'm', 'm !'],
])('a name that is known as %s', (known, m, n, none, refused, silence) => {
  test.each<[string, Partial<Answered>, string]>([
    ['m', { kind: 'model', id: 'm' }, m],
    ['n', { kind: 'model', id: 'n' }, n],
    ['none', { kind: 'none' }, none],
    ['refused', { kind: 'refused' }, refused],
    ['silence', { kind: 'silence' }, silence],
  ])('and answered with %s', (_, said, expected) => {
    const answer = { alias: 'name', ...said } as Answered
    const row = believeAlias(rowOf(known), answer, NOW)
    expect(row).toEqual(rowOf(expected))
    // Whatever was said, a name in doubt is asked for at the next minute.
    const isDue = dueAliases(['name'], [row], NOW + CRON_MS).length > 0
    expect(isDue).toBe(row.doubt !== null || expected.endsWith('!'))
  })
})

function aliasesOf(tables: Tables): unknown {
  return (JSON.parse(tables.content()) as { aliases: unknown }).aliases
}

describe('what was found', () => {
  const visibility = visibilityOf()
  const one = modelOf('m-1-20250101')
  const two = modelOf('m-2-20250101')

  function commit(tables: Tables, names: readonly string[], ...answers: readonly Answered[]): void {
    commitAliases(tables.storage, visibility, names, answers, NOW)
  }

  test('is served; a name that is no candidate any more goes', () => {
    const tables = new Tables()
    tables.commit([one, two])
    const names = ['m-1', 'm-2']
    const [first, second] = [one, two].map(({ id }) => id) as [string, string]
    commit(
      tables,
      names,
      { alias: 'm-1', kind: 'model', id: first },
      { alias: 'm-2', kind: 'model', id: second },
    )
    expect(aliasesOf(tables)).toEqual([
      { alias: 'm-1', id: first },
      { alias: 'm-2', id: second },
    ])
    commit(tables, ['m-2'], { alias: 'm-2', kind: 'model', id: second })
    expect(aliasesOf(tables)).toEqual([{ alias: 'm-2', id: second }])
    expect(tables.catalog.tag).toBe(tagOf(tables.content()))
    expect(tables.rows.aliases(1)).toHaveLength(1)
  })

  test('of a model that is not listed is nothing', () => {
    const tables = new Tables()
    tables.commit([one])
    commit(tables, ['m-1'], { alias: 'm-1', kind: 'model', id: 'elsewhere' })
    expect(tables.rows.aliases(1)).toMatchObject([{ alias: 'm-1', model: null, doubt: '' }])
  })

  test('is no commit where nobody was asked', () => {
    const tables = new Tables()
    tables.commit([one])
    const before = tables.written
    commit(tables, ['m-1'])
    expect(tables.written).toBe(before)
  })
})

function rowOf(text: string): AliasRow | undefined {
  if (text === 'never asked') return undefined
  const [told = '', again] = text.split(' ')
  const [model, doubt] = told.split('?').map((word) => (word === '-' ? null : word))
  return {
    alias: 'name',
    model: model ?? null,
    asked_at: again ? NOW - ALIAS_MS : NOW,
    doubt: doubt === undefined ? null : (doubt ?? ''),
  }
}

function fail(status: number): Promise<never> {
  return Promise.reject(new ApiError('no', { status, type: 'api_error' }))
}
