import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { hiddenBy } from './hidden.ts'

test.each<[string, boolean, string]>([
  ['claude-a', true, 'claude-a'],
  ['claude-a', false, 'claude-a-1'],
  ['claude-a', false, 'Claude-a'],
  ['claude-*', true, 'claude-'],
  ['claude-*', true, 'claude-a\nb'],
  ['claude-*', false, 'x-claude-a'],
  ['*-preview', true, 'claude-preview'],
  ['*-preview', false, 'claude-preview-2'],
  ['**', true, ''],
  ['claude-?', true, 'claude-a'],
  ['claude-?', false, 'claude-'],
  ['claude-?', false, 'claude-ab'],
  ['x, claude-* ,y', true, 'claude-a'],
  ['x, claude-* ,y', true, 'y'],
])('%j hides (%s) %j', (globs, hides, id) => {
  expect(hiddenBy(globs)(id)).toBe(hides)
})

test('nothing is hidden unless something is said', () => {
  for (const globs of [undefined, '', ' , ']) expect(hiddenBy(globs)('')).toBe(false)
})

test('every other character stands for itself', () => {
  const id = fc.string({ minLength: 1 }).filter((text) => !/[*?,\s]/.test(text))
  fc.assert(
    fc.property(id, id, (one, other) => {
      expect(hiddenBy(one)(one)).toBe(true)
      expect(hiddenBy(one)(other)).toBe(one === other)
    }),
  )
  expect(hiddenBy('a.c')('abc')).toBe(false)
  expect(hiddenBy('a|b')('a')).toBe(false)
})
