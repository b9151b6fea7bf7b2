import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Nearest } from './nearest.ts'

function nearest(wanted: string, names: readonly string[]): readonly string[] {
  return new Nearest(names).to(wanted)
}

/** Levenshtein's distance, as its definition has it. */
function distance(one: string, other: string): number {
  if (one === '' || other === '') return one.length + other.length
  const [rest, otherRest] = [one.slice(1), other.slice(1)]
  if (one[0] === other[0]) return distance(rest, otherRest)
  return 1 + Math.min(distance(rest, other), distance(one, otherRest), distance(rest, otherRest))
}

test.each([
  ['claude-opus-4.5', 'claude-opus-4-5-20251101'],
  ['CLAUDE-OPUS-4-5', 'claude-opus-4-5-20251101'],
  ['claude-sonnet-4-5-20240101', 'claude-sonnet-4-5-20250929'],
  ['claude-haiku-4-5-latest', 'claude-haiku-4-5-20251001'],
])('who asks for %s is led to %s', (wanted, name) => {
  const dated = ['opus-4-5-20251101', 'sonnet-4-5-20250929', 'haiku-4-5-20251001']
  expect(
    nearest(
      wanted,
      dated.map((each) => `claude-${each}`),
    )[0],
  ).toBe(name)
})

test('the three nearest are named, nearest first, those alike in their own order', () => {
  const near = ['abcdefgh-123', 'abcdefgh-2', 'abcdefgh-12', 'abcdefgh-3', 'zzzzzzzzzzzzzzzz']
  expect(nearest('abcdefgh-1', near)).toEqual(['abcdefgh-2', 'abcdefgh-12', 'abcdefgh-3'])
})

test('a date in the middle belongs to the name', () => {
  expect(nearest('a-20250101-b', ['a-b'])).toEqual([])
})

test('a name is near up to four differences', () => {
  const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 })
  fc.assert(
    fc.property(name, name, (wanted, there) => {
      expect(nearest(wanted, [there])).toEqual(distance(wanted, there) <= 4 ? [there] : [])
    }),
    { numRuns: 500 },
  )
})

test('it costs no more than so many comparisons of so many characters', () => {
  expect(nearest('x'.repeat(64), ['x'.repeat(64)])).toHaveLength(1)
  expect(nearest('x'.repeat(65), ['x'.repeat(65)])).toEqual([])
  const far = Array.from({ length: 299 }, (_, index) => `${index}`.padStart(30, '-'))
  expect(nearest('claude', [...far, 'claude'])).toEqual(['claude'])
  expect(nearest('claude', [...far, 'far', 'claude-1'])).toEqual([])
})
