import { expect, test } from 'vitest'
import { fitsWhole } from './wildcard.ts'

function fits(text: string, pattern: string): boolean {
  return fitsWhole(
    text,
    pattern.split(''),
    (part) => part === '*',
    (part, item) => part === item,
  )
}

test.each([
  ['', '', true],
  ['', '*', true],
  ['', 'a', false],
  ['a', '', false],
  ['abcabd', '*abd', true],
  ['abcabd', 'a*b*d', true],
  ['abcabd', 'a*c', false],
  ['aab', '*ab', true],
  ['ab', 'ab**', true],
  ['ab', 'ab*c', false],
])('%j and %j: %s', (text, pattern, expected) => {
  expect(fits(text, pattern)).toBe(expected)
})

test('takes no more steps than the product of the lengths, whatever the stars', () => {
  let steps = 0
  const [text, pattern] = ['a'.repeat(1000), `${'*a'.repeat(50)}b`.split('')]
  const fitted = fitsWhole(
    text,
    pattern,
    (part) => part === '*',
    (part, item) => {
      steps += 1
      return part === item
    },
  )
  expect(fitted).toBe(false)
  expect(steps).toBeLessThanOrEqual(text.length * pattern.length)
})
