import type { ModelInfo } from '@models-edge/core'
import { describe, expect, test } from 'vitest'
import { modelInfo, modelOf, START } from '../../test/world/snapshots.ts'
import { newsOf, removalOf, seededNews } from './news.ts'
import { storedModel } from './model.ts'

type Parts = Partial<ModelInfo> & Readonly<Record<string, unknown>>

const facts = { model_id: 'x', at: START, seeded: false }

/** What is told when a model that had these parts has those. */
function newsBetween(before: Parts, after: Parts): readonly unknown[] {
  return newsOf(modelOf('x', before).json, modelOf('x', after), START)
}

test('a model that was not known was released; one that is gone was removed, and what it was', () => {
  expect(newsOf(undefined, modelOf('x'), START)).toEqual([{ change: 'released', ...facts }])
  const model = modelInfo('x', { line: 'haiku' })
  expect(removalOf(JSON.stringify(model), START)).toEqual({ change: 'removed', ...facts, model })
})

describe('of a model that changed', () => {
  const [soon, late] = ['2027-06-01T00:00:00Z', '2027-07-01T00:00:00Z']
  const deprecated = { lifecycle: 'deprecated', deprecated_at: START, retires_at: soon }
  const retired = { ...deprecated, lifecycle: 'retired' }
  const active = { lifecycle: 'active', deprecated_at: null, retires_at: null }

  test.each<[Parts, Parts, string, string | null, string | null]>([
    [{}, deprecated, 'deprecated', null, soon],
    [deprecated, { ...retired, retires_at: late }, 'retired', soon, late],
    [deprecated, { ...deprecated, retires_at: late }, 'retirement_rescheduled', soon, late],
    [{ retires_at: null }, { retires_at: soon }, 'retirement_rescheduled', null, soon],
  ])('its end is told in one event: from %j to %j it is %s', (before, after, change, from, to) => {
    expect(newsBetween(before, after)).toEqual([{ change, ...facts, retires_at: { from, to } }])
  })

  test('other fields are told in an event of their own, as far as the end does not explain them', () => {
    expect(newsBetween(active, { ...deprecated, gone: 5 })).toMatchObject([
      { change: 'deprecated' },
      { change: 'changed', fields: ['gone'] },
    ])
    expect(newsBetween({ ...deprecated, gone: 1 }, { ...active, come: null })).toEqual([
      { change: 'retirement_rescheduled', ...facts, retires_at: { from: soon, to: null } },
      {
        change: 'changed',
        ...facts,
        fields: ['lifecycle', 'deprecated_at', 'gone', 'come'],
        values: {
          lifecycle: { from: 'deprecated', to: 'active' },
          deprecated_at: { from: START, to: null },
          gone: { from: 1 },
          come: { to: null },
        },
      },
    ])
  })

  test('a field is always named, and its values are told as far as they are small', () => {
    const small = 'x'.repeat(200 - JSON.stringify({ from: '', to: '' }).length)
    const large = `${small}x`
    const changed = { change: 'changed', ...facts }
    expect(newsBetween({ a: '' }, { a: large })).toEqual([{ ...changed, fields: ['a'] }])
    expect(newsBetween({ a: '', b: '' }, { a: large, b: small })).toEqual([
      { ...changed, fields: ['a', 'b'], values: { b: { from: '', to: small } } },
    ])
  })

  test('a field can be called `__proto__`', () => {
    const model = storedModel('{"id":"x","__proto__":{"polluted":true}}')
    const [news] = newsOf('{"id":"x"}', model, START)
    expect(news?.fields).toEqual(['__proto__'])
    expect(JSON.stringify(news?.values)).toBe('{"__proto__":{"to":{"polluted":true}}}')
  })

  test('nothing is told of another order of keys at any depth, nor of another spelling', () => {
    const after = storedModel('{"a":{"b":[1,{}],"c":1},"n":1,"id":"\\u0078"}')
    expect(newsOf('{ "id":"x", "n":1.0, "a":{"c":1,"b":[1,{}]} }', after, START)).toEqual([])
  })
})

describe('a history that begins', () => {
  const now = Date.parse(START)
  const ahead = '2026-11-20T12:00:01Z'

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

  test.each<[string, Parts, readonly string[]]>([
    ['of this moment', { created_at: START, deprecated_at: START }, ['deprecated', 'released']],
    ['ahead by a second', { created_at: ahead, deprecated_at: ahead }, []],
    ['of an end that has not come', { created_at: ahead, retires_at: START }, []],
    ['of 1970, when nobody knows', { created_at: '1970-01-01T00:00:00Z' }, []],
    ['that are none', { lifecycle: 'retired', created_at: 'soon', retires_at: '' }, []],
  ])('tells of dates %s: %j', (_, parts, changes) => {
    expect(seededNews([modelOf('x', parts)], now).map(({ change }) => change)).toEqual(changes)
  })
})
