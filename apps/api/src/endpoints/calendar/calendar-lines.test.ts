import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarText, escaped } from './calendar-lines.ts'

test.each([
  ['a;b,c\\d', String.raw`a\;b\,c\\d`],
  ['a\r\nb\rc\nd\u2028e', String.raw`a\nb\nc\nd\ne`],
  ['a\0b\x1fc\x7fd\te', 'abcd\te'],
  ['a\ud800b', 'a\ufffdb'],
  ['a:b"c', 'a:b"c'],
])('%j is written %j', (text, expected) => {
  expect(escaped(text)).toBe(expected)
})

test('no line has more than 75 octets, no character is torn, and unfolded it is what it was', () => {
  // The last ones of two, three and four octets, and the first ones.
  const unit = fc.constantFrom(
    'a',
    '\x7f',
    '\x80',
    'é',
    '\u07ff',
    '\u0800',
    '€',
    '\uffff',
    '😀',
    ' ',
  )
  const text = fc.string({ unit, maxLength: 400, size: 'max' })
  fc.assert(
    fc.property(text, (line) => {
      const folded = calendarText([line])
      expect(folded.endsWith('\r\n')).toBe(true)
      const lines = folded.slice(0, -2).split('\r\n')
      for (const each of lines) expect(new TextEncoder().encode(each).length).toBeLessThan(76)
      for (const each of lines.slice(0, -1)) {
        // As much as fits.
        expect(new TextEncoder().encode(each).length).toBeGreaterThan(75 - 4)
      }
      expect(folded.replaceAll('\r\n ', '').slice(0, -2)).toBe(line)
      expect(folded.isWellFormed()).toBe(true)
    }),
  )
})
