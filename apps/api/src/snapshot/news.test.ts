import type { ModelInfo } from '@models-edge/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { modelInfo, modelOf, START } from '../../test/world/snapshots.ts'
import { type News, newsOf, removalOf, seededNews } from './news.ts'
import { storedModel } from './model.ts'

type Parts = Partial<ModelInfo> & Readonly<Record<string, unknown>>

const told = { model_id: 'x', at: START, seeded: false }

/** What is told when a model that had these parts has those. */
function newsBetween(before: Parts, after: Parts): readonly News[] {
  return newsOf(modelOf('x', before).json, modelOf('x', after), START)
}

describe('of a model', () => {
  test('that was not known: it was released', () => {
    expect(newsOf(undefined, modelOf('x'), START)).toEqual([{ change: 'released', ...told }])
  })

  test('that is gone: it was removed, and what it was', () => {
    const model = modelInfo('x', { line: 'haiku' })
    expect(removalOf(JSON.stringify(model), START)).toEqual({ change: 'removed', ...told, model })
  })

  test.each(['deprecated', 'retired'] as const)(
    'that was %s: one event, with the old and the new end',
    (lifecycle) => {
      const ends = { deprecated_at: '2026-11-20T00:00:00Z', retires_at: '2027-06-01T00:00:00Z' }
      expect(newsBetween({}, { lifecycle, ...ends })).toEqual([
        { change: lifecycle, ...told, retires_at: { from: null, to: ends.retires_at } },
      ])
    },
  )

  test('with another end: it was rescheduled, also to never', () => {
    const lifecycle = 'deprecated'
    const [from, to] = ['2027-06-01T00:00:00Z', '2027-07-01T00:00:00Z']
    for (const ends of [
      { from, to },
      { from, to: null },
      { from: null, to },
    ]) {
      const before = { lifecycle, retires_at: ends.from }
      expect(newsBetween(before, { lifecycle, retires_at: ends.to })).toEqual([
        { change: 'retirement_rescheduled', ...told, retires_at: ends },
      ])
    }
  })

  test('that lives again: its end was taken away, and its other fields changed', () => {
    const was = { lifecycle: 'deprecated', deprecated_at: START, retires_at: START }
    expect(
      newsBetween(was, { lifecycle: 'active', deprecated_at: null, retires_at: null }),
    ).toEqual([
      { change: 'retirement_rescheduled', ...told, retires_at: { from: START, to: null } },
      {
        change: 'changed',
        ...told,
        fields: ['lifecycle', 'deprecated_at'],
        values: {
          lifecycle: { from: 'deprecated', to: 'active' },
          deprecated_at: { from: START, to: null },
        },
      },
    ])
  })

  test('with other fields beside its deprecation: both are told', () => {
    const after = { lifecycle: 'deprecated', max_tokens: 5 }
    expect(newsBetween({}, after).map(({ change, fields }) => ({ change, fields }))).toEqual([
      { change: 'deprecated', fields: undefined },
      { change: 'changed', fields: ['max_tokens'] },
    ])
  })
})

describe('a changed field', () => {
  test('that came or went has one value', () => {
    const [news] = newsBetween({ gone: 1 }, { come: null })
    expect(JSON.parse(JSON.stringify(news))).toEqual({
      change: 'changed',
      ...told,
      fields: ['gone', 'come'],
      values: { gone: { from: 1 }, come: { to: null } },
    })
  })

  test('is always named, and its values are told as long as they are small together', () => {
    const small = 'x'.repeat(200 - JSON.stringify({ from: '', to: '' }).length)
    const [fits] = newsBetween({ a: '' }, { a: small })
    expect(fits).toMatchObject({ fields: ['a'], values: { a: { from: '', to: small } } })
    const [partly] = newsBetween({ a: '', b: 1 }, { a: `${small}x`, b: 2 })
    expect(partly).toMatchObject({ fields: ['a', 'b'] })
    expect(partly?.values).toEqual({ b: { from: 1, to: 2 } })
    const [neither] = newsBetween({ a: '' }, { a: `${small}x` })
    expect(neither).toMatchObject({ fields: ['a'] })
    expect(neither).not.toHaveProperty('values')
  })

  test('can be called `__proto__`', () => {
    const model = storedModel('{"id":"x","__proto__":{"polluted":true}}')
    const [news] = newsOf('{"id":"x"}', model, START)
    expect(news?.fields).toEqual(['__proto__'])
    expect(JSON.stringify(news?.values)).toBe('{"__proto__":{"to":{"polluted":true}}}')
    expect(news?.values).not.toHaveProperty('polluted')
  })

  test('is one whose value differs: the order of keys at any depth is none, the spelling neither', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.string(), fc.jsonValue()), {
      selector: ([name]) => name,
      maxLength: 6,
    })
    fc.assert(
      fc.property(entries, (fields) => {
        const nested = Object.fromEntries(fields)
        const turned = Object.fromEntries(fields.toReversed())
        const before = JSON.stringify({ id: 'x', nested, also: turned }, null, 1)
        const after = storedModel(JSON.stringify({ also: nested, nested: turned, id: 'x' }))
        expect(newsOf(before, after, START)).toEqual([])
      }),
    )
    expect(newsOf('{"id":"x","n":1.0}', storedModel('{"n":1,"id":"\\u0078"}'), START)).toEqual([])
  })
})

describe('a history that begins', () => {
  const now = Date.parse(START)

  function seeds(...models: readonly Partial<ModelInfo>[]): readonly unknown[] {
    const stored = models.map((parts, index) => modelOf(`m${index}`, parts))
    return seededNews(stored, now).map(({ change, model_id, at }) => [model_id, change, at])
  }

  test('tells what the models say by their dates, newest first', () => {
    const retires_at = '2026-11-01T00:00:00Z'
    const deprecated_at = '2026-10-01T01:00:00+02:00' // an hour before, whatever its text
    const models = [
      modelOf('b', { created_at: '2026-10-01T00:00:00Z' }),
      modelOf('a', { lifecycle: 'retired', deprecated_at, retires_at }),
    ]
    const seed = { model_id: 'a', seeded: true }
    const end = { retires_at: { from: null, to: retires_at } }
    expect(seededNews(models, now)).toEqual([
      { change: 'retired', ...seed, at: retires_at, ...end },
      { change: 'released', model_id: 'b', seeded: true, at: '2026-10-01T00:00:00Z' },
      { change: 'deprecated', ...seed, at: deprecated_at, ...end },
      { change: 'released', ...seed, at: '2026-01-01T00:00:00Z' },
    ])
  })

  test('does not tell what lies ahead, even by a second', () => {
    const created_at = '2026-11-20T12:00:01Z'
    expect(seeds({ created_at })).toEqual([])
    expect(seeds({ created_at: START })).toEqual([['m0', 'released', START]])
    expect(seeds({ lifecycle: 'deprecated', deprecated_at: created_at })).toHaveLength(1)
  })

  test('does not take an end for a retirement before the model is retired', () => {
    const retires_at = '2026-11-01T00:00:00Z'
    expect(seeds({ lifecycle: 'deprecated', retires_at })).toEqual([
      ['m0', 'released', '2026-01-01T00:00:00Z'],
    ])
  })

  test.each(['1970-01-01T00:00:00Z', '', 'soon', null, undefined])(
    'knows no release at %j, and no other date of that kind',
    (at) => {
      const odd = { created_at: at, deprecated_at: at, retires_at: at } as Partial<ModelInfo>
      const known = { created_at: '2026-05-01T00:00:00Z' }
      const all = seeds({ ...odd, lifecycle: 'retired' }, known)
      const dated = all.filter((seed) => (seed as unknown[])[2] !== '1970-01-01T00:00:00Z')
      expect(dated).toEqual([['m1', 'released', known.created_at]])
      expect(all.some((seed) => (seed as unknown[])[1] === 'released' && seed !== dated[0])).toBe(
        false,
      )
    },
  )
})
