import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical } from '../snapshot/canonical.ts'
import { type StoredModel, storedModel } from '../snapshot/model.ts'
import { type Belief, believe, type Known, noDoubts } from './believe.ts'

/** A model with this value; `respelled`, it is the same value as another text. */
function model(id: string, value: number, respelled: boolean): StoredModel {
  return storedModel(respelled ? `{"value":${value},"id":"${id}"}` : JSON.stringify({ id, value }))
}

/** What is believed after these sweeps. Between two of them, doubts lie in storage as JSON. */
function after(first: readonly Known[], ...sweeps: readonly (readonly StoredModel[])[]): Belief {
  return sweeps.reduce<Belief>(
    ({ models, doubts }, swept) =>
      believe(models, JSON.parse(JSON.stringify(doubts)) as Belief['doubts'], swept),
    { models: first, doubts: noDoubts, contradicted: [] },
  )
}

/** `a b1 c~` is the model a, b with the value 1, and c as another text. */
function sweepOf(words: string): readonly StoredModel[] {
  return words.split(' ').map((word) => {
    const [, id = '', value = '', respelled] = /^([a-z])(\d*)(~?)$/.exec(word) ?? []
    return model(id, Number(value), respelled === '~')
  })
}

/** What is known after these sweeps, of which the first one is believed whole. */
function believed(...sweeps: readonly string[]): Belief {
  return after([], ...sweeps.map(sweepOf))
}

function known(words: string): readonly Known[] {
  return sweepOf(words).map(({ id, json }) => ({ id, json }))
}

/** As many sweeps, each of which says something else of `a`. */
function others(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `a${index + 1}`)
}

test('what is new is believed at once, where upstream lists it', () => {
  expect(believed('a b')).toEqual({ models: known('a b'), doubts: noDoubts, contradicted: [] })
  const more = { models: known('c a d b'), doubts: noDoubts, contradicted: [] }
  expect(believed('a b', 'c a d b')).toEqual(more)
})

test.each<[string, string, readonly string[]]>([
  ['another value', 'a b1 c', ['b']],
  ['a model that is missing', 'a c', ['b']],
  ['all models but one', 'c', ['a', 'b']],
  ['another order', 'c a b', []],
  ['all at once', 'c b1', ['a', 'b']],
])('%s is believed when it is said twice in a row', (_, otherwise, contradicted) => {
  const was = 'a b c'
  expect(believed(was, otherwise)).toMatchObject({ models: known(was), contradicted })
  const twice = { models: known(otherwise), doubts: noDoubts, contradicted: [] }
  expect(believed(was, otherwise, otherwise)).toEqual(twice)
  // Said once, then not: it begins anew.
  expect(believed(was, otherwise, was).doubts).toEqual(noDoubts)
  expect(believed(was, otherwise, was, otherwise).models).toEqual(known(was))
})

test.each<[string, readonly string[], string]>([
  ['a new model has its place while an order is in doubt', ['a b', 'b c a'], 'a b c'],
  ['so it has at the top', ['a b', 'c b a'], 'c a b'],
  ['so it has beside what is missing', ['a b c', 'a d c'], 'a b d c'],
  ['doubts are counted for each model', ['a b', 'b1', 'a b1'], 'a b1'],
  ['values that take turns are never believed', ['a', ...turns('a1', 'a')], 'a'],
  ['nor is a model that comes and goes', ['a b', ...turns('a', 'a b')], 'a b'],
  ['nor are orders that take turns', ['a b', ...turns('b a', 'a b')], 'a b'],
  ['14 values, each another one, are not believed', ['a', ...others(14)], 'a'],
  ['the 15th is', ['a', ...others(15)], 'a15'],
  ['another text of the same value is taken when it comes twice', ['a', 'a~', 'a~'], 'a~'],
  ['and not before', ['a', 'a~', 'a', 'a~'], 'a'],
  ['it is no second voice for another value', ['a', 'a1', 'a~', 'a1'], 'a'],
  ['it is no time that another value was said', ['a', 'a~', ...others(14)], 'a'],
  ['it ends a row of other values', ['a', ...others(14), 'a~', 'a99'], 'a'],
  ['of a new value it is the second voice', ['a', 'a1', 'a1~'], 'a1~'],
])('%s', (_, sweeps, expected) => {
  expect(believed(...sweeps).models).toEqual(known(expected))
})

function turns(...two: readonly string[]): readonly string[] {
  return Array.from({ length: 30 }, (_, turn) => two[turn % 2]!)
}

test('whatever upstream says twice in a row is what is known: values, models and order', () => {
  // Names that an object has already are ids like others.
  const names = ['a', 'b', 'c', 'd', '__proto__', 'constructor', 'a,b']
  const one = fc
    .record({ id: fc.constantFrom(...names), value: fc.nat(2), respelled: fc.boolean() })
    .map(({ id, value, respelled }) => model(id, value, respelled))
  const sweeps = fc.uniqueArray(one, { selector: ({ id }) => id, minLength: 1 })

  fc.assert(
    fc.property(fc.array(sweeps, { maxLength: 6 }), sweeps, (before, last) => {
      const { contradicted, doubts, models } = after([], ...before, last, last)
      expect(models.map(valueOf)).toEqual(last.map(valueOf))
      expect({ contradicted, order: doubts.order }).toEqual({ contradicted: [], order: '' })
    }),
  )
})

function valueOf({ json }: Known): string {
  return canonical(json)
}
