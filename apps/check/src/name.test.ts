import { expect, test } from 'vitest'
import { readName, versionOf } from './name.ts'

test.each<[string, object]>([
  [
    'claude-opus-4-1-20250805',
    { line: 'opus', version: [4, 1], date: '20250805', isDotted: false },
  ],
  [
    'claude-3-5-sonnet-latest',
    { line: 'sonnet', version: [3, 5], isLatest: true, date: undefined },
  ],
  ['claude-opus-4.8', { line: 'opus', version: [4, 8], isDotted: true }],
  ['claude-opus-4.10', { version: [4, 10] }],
  ['claude-2.1', { line: undefined, version: [2, 1], isDotted: true }],
  ['claude-v1.3', { version: [1, 3], edition: 1 }],
  ['claude-instant-v1', { line: 'instant', version: [], edition: 1 }],
  ['claude-3-5-sonnet-v2', { version: [3, 5], edition: 2 }],
  ['claude-opus-4-8-fast', { variant: 'fast' }],
  ['claude-opus-latest', { line: 'opus', version: [], isLatest: true }],
  // Four digits are a version that nobody has, five and more a date, right or wrong.
  ['claude-opus-2025', { version: [2025], date: undefined }],
  ['claude-opus-4-20250', { version: [4], date: '20250' }],
  ['claude-opus-4-1-2', { version: [4, 1, 2] }],
  ['claude-1.2', { version: [1, 2] }],
])('%s', (text, expected) => {
  expect(readName(text)).toMatchObject({ text, ...expected })
})

test.each([
  'claude-opus',
  'claude-3',
  'claude-3.5',
  'claude-code',
  'claude-2-beta',
  'claude-2.1.3',
  'claude-1-2-3',
  'claude-opus-4-1-2-3',
  'claude-opus-4-beta-fast',
  'claude-opus-4-Beta',
  'claude-opus4',
  'claude-4opus-4',
  'claude-opus-4-av1',
  'claude-opus-4-v1x',
  'claude-opus-4-v12',
  'claude-opus-4-v1-v1',
  'claude-opus-4-20250805-20250805',
  'claude-opus-4.',
  'claude-op-4',
  'claude-opus-4--1',
])('%s is the name of no model', (text) => {
  expect(readName(text)).toBeUndefined()
})

test.each([
  ['claude-opus-4', 'claude-4-opus-20250514', 'claude-opus-4-0', 'claude-opus-4.0-latest'],
  ['claude-3-5-sonnet-20241022', 'claude-3.5-sonnet', 'claude-sonnet-3-5', 'claude-3-5-sonnet-v2'],
  ['claude-instant-1', 'claude-instant-v1', 'claude-instant-1.0'],
  ['claude-2.1', 'claude-2-1'],
])('%s is of the same version as others', (...texts) => {
  const versions = new Set(texts.map((text) => versionOf(readName(text)!)))
  expect(versions.size).toBe(1)
  expect(versions).not.toContain(versionOf(readName('claude-opus-5')!))
})

test('a version is told in one way', () => {
  expect(versionOf(readName('claude-2.1')!)).toBe(' 2.1')
  expect(versionOf(readName('claude-opus-4-20250514')!)).toBe('opus 4.0')
})
