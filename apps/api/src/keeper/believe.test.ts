import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonical } from '../snapshot/canonical.ts'
import { type StoredModel, storedModel } from '../snapshot/model.ts'
import { type Belief, believe, type Known, noDoubts } from './believe.ts'

/** A model with this value; `respelled`, it is the same value as another text. */
function model(id: string, value: unknown = 0, respelled = false): StoredModel {
  return storedModel(
    respelled ? `{"value":${JSON.stringify(value)},"id":"${id}"}` : JSON.stringify({ id, value }),
  )
}

/** What is believed after these sweeps. Between two of them, doubts lie in storage as JSON. */
function after(known: readonly Known[], ...sweeps: readonly (readonly StoredModel[])[]): Belief {
  return sweeps.reduce<Belief>(
    ({ models, doubts }, swept) =>
      believe(models, JSON.parse(JSON.stringify(doubts)) as Belief['doubts'], swept),
    { models: known, doubts: noDoubts, contradicted: [] },
  )
}

function texts({ models }: Pick<Belief, 'models'>): readonly string[] {
  return models.map(({ json }) => json)
}

function ids({ models }: Pick<Belief, 'models'>): string {
  return models.map(({ id }) => id).join('')
}

const a = model('a')
const b = model('b')
const c = model('c')
const d = model('d')

describe('what is new', () => {
  test('is believed at once, where upstream lists it', () => {
    const first = after([], [a, b])
    expect(first).toEqual({ models: [a, b].map(plain), doubts: noDoubts, contradicted: [] })
    expect(after(first.models, [c, a, d, b])).toMatchObject({
      models: [c, a, d, b].map(plain),
      doubts: noDoubts,
      contradicted: [],
    })
  })

  test('has its place behind what it follows, also where something else is in doubt', () => {
    expect(ids(after([a, b], [b, c, a]))).toBe('abc')
    expect(ids(after([a, b], [c, b, a]))).toBe('cab')
    expect(ids(after([a, b, c], [a, d, c]))).toBe('abdc')
  })
})

describe('what says otherwise', () => {
  const changed = model('b', 1)

  test.each<[string, readonly StoredModel[], readonly string[]]>([
    ['another value', [a, changed, c], ['b']],
    ['a model that is missing', [a, c], ['b']],
    ['all models but one', [c], ['a', 'b']],
    ['another order', [c, a, b], []],
    ['all at once', [c, changed], ['a', 'b']],
  ])('%s: is believed when it is said twice in a row', (_, otherwise, contradicted) => {
    const was = [a, b, c]
    const once = after(was, otherwise)
    expect(texts(once)).toEqual(texts({ models: was }))
    expect(once.contradicted).toEqual(contradicted)
    // Said once, then not: it begins anew.
    expect(after(was, otherwise, was).doubts).toEqual(noDoubts)
    expect(texts(after(was, otherwise, was, otherwise))).toEqual(texts({ models: was }))
    expect(after(was, otherwise, otherwise)).toEqual({
      models: otherwise.map(plain),
      doubts: noDoubts,
      contradicted: [],
    })
  })

  test('is counted for each model on its own', () => {
    const twice = after([a, b], [changed], [a, changed])
    expect(texts(twice)).toEqual([a.json, changed.json])
  })

  test('is never believed where two answers take turns', () => {
    const turns = Array.from({ length: 30 }, (_, turn) => [model('a', turn % 2)])
    expect(texts(after([a], ...turns))).toEqual([a.json])
    const gone = Array.from({ length: 30 }, (_, turn) => (turn % 2 ? [a, b] : [a]))
    expect(ids(after([a, b], ...gone))).toBe('ab')
    const orders = Array.from({ length: 30 }, (_, turn) => (turn % 2 ? [a, b] : [b, a]))
    expect(ids(after([a, b], ...orders))).toBe('ab')
  })

  test('is believed at the 15th time in a row, though each time it is something else', () => {
    const others = Array.from({ length: 15 }, (_, turn) => [model('a', turn + 1)])
    const fourteen = after([a], ...others.slice(0, 14))
    expect(texts(fourteen)).toEqual([a.json])
    expect(texts(after([a], ...others))).toEqual(others.at(-1)?.map(({ json }) => json))
  })
})

describe('another text of the same value', () => {
  const respelled = model('a', 0, true)

  test('is no contradiction, and taken over when it comes twice', () => {
    const once = after([a], [respelled])
    expect(texts(once)).toEqual([a.json])
    expect(once.contradicted).toEqual([])
    expect(texts(after([a], [respelled], [respelled]))).toEqual([respelled.json])
    expect(texts(after([a], [respelled], [a], [respelled]))).toEqual([a.json])
  })

  test('is no second voice for another value, and no time that something else was said', () => {
    const value = model('a', 1)
    expect(texts(after([a], [value], [respelled], [value]))).toEqual([a.json])
    const values = Array.from({ length: 14 }, (_, turn) => [model('a', turn + 1)])
    expect(texts(after([a], ...values, [respelled], [model('a', 99)]))).toEqual([a.json])
    expect(texts(after([a], [respelled], ...values))).toEqual([a.json])
  })

  test('of a new value is its second voice', () => {
    expect(texts(after([a], [model('a', 1)], [model('a', 1, true)]))).toEqual([
      model('a', 1, true).json,
    ])
  })
})

// Names that an object has already are ids like others.
const names = ['a', 'b', 'c', 'd', '__proto__', 'constructor', 'a,b']
const sweeps = fc.uniqueArray(
  fc.record({ id: fc.constantFrom(...names), value: fc.nat(2), respelled: fc.boolean() }),
  { selector: ({ id }) => id, minLength: 1 },
)

type Sweep = typeof sweeps extends fc.Arbitrary<infer Value> ? Value : never

function sweepOf(list: Sweep): readonly StoredModel[] {
  return list.map(({ id, value, respelled }) => model(id, value, respelled))
}

function ofIds(...listed: readonly string[]): Sweep {
  return listed.map((id) => ({ id, value: 0, respelled: false }))
}

describe('whatever upstream says', () => {
  test('what it says twice in a row is what is known: values, models and order', () => {
    fc.assert(
      fc.property(fc.array(sweeps, { maxLength: 6 }), sweeps, (before, last) => {
        const swept = sweepOf(last)
        const { contradicted, doubts, models } = after([], ...before.map(sweepOf), swept, swept)
        expect(models.map(valueOf)).toEqual(swept.map(valueOf))
        expect({ contradicted, order: doubts.order }).toEqual({ contradicted: [], order: '' })
      }),
    )
  })

  test('one odd answer among equal ones takes nothing away and changes nothing', () => {
    fc.assert(
      fc.property(sweeps, sweeps, (usual, odd) => {
        const known = after([], sweepOf(usual)).models
        const listed = new Set(usual.map(({ id }) => id))
        const one = after(known, sweepOf(odd))
        expect(one.models.filter(({ id }) => listed.has(id))).toEqual(known)
        const next = after(known, sweepOf(odd.filter(({ id }) => listed.has(id))), sweepOf(usual))
        expect(next).toEqual({ models: known, doubts: noDoubts, contradicted: [] })
      }),
      { examples: [[ofIds('a,b', 'a', 'b'), ofIds('a', 'b', 'a,b')]] },
    )
  })

  test('no model is made up, and none is known twice', () => {
    fc.assert(
      fc.property(fc.array(sweeps, { minLength: 1, maxLength: 6 }), (list) => {
        const said = list.map(sweepOf)
        const { models } = after([], ...said)
        const all = new Set(said.flat().map(({ json }) => json))
        expect(models.filter(({ json }) => !all.has(json))).toEqual([])
        expect(new Set(models.map(({ id }) => id)).size).toBe(models.length)
        expect(models.every((one) => storedModel(one.json).id === one.id)).toBe(true)
      }),
    )
  })
})

function plain({ id, json }: Known): Known {
  return { id, json }
}

function valueOf({ json }: Known): string {
  return canonical(json)
}
