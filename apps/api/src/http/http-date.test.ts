import { expect, test } from 'vitest'
import { parseHttpDate } from './http-date.ts'

test.each([
  'Sun, 06 Nov 1994 08:49:37 GMT',
  'Sunday, 06-Nov-94 08:49:37 GMT',
  'Sun Nov  6 08:49:37 1994',
])('%j is a date of HTTP', (text) => {
  expect(parseHttpDate(text)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37))
})

test.each([
  '1994-11-06T08:49:37Z',
  '784111777',
  'Sun, 06 Nov 1994 08:49:37',
  'Sun, 06 Nov 1994 08:49:37 +0000',
  'Sun, 6 Nov 1994 08:49:37 GMT',
  'Sun, 06 Now 1994 08:49:37 GMT',
  'Sunday, 06-Nov-1994 08:49:37 GMT',
  'Sun, 06 Nov 1994 08:49:37 GMT (x)',
  'Sunday, 06-Nov-94 08:49:37 GMT (x)',
  'Sun Nov  6 08:49:37 1994 (x)',
  'Sun Nov /6 08:49:37 1994',
  'Sun Nov 06 08:49:37 1994 GMT',
  ' Sun, 06 Nov 1994 08:49:37 GMT',
  ' Sunday, 06-Nov-94 08:49:37 GMT',
  ' Sun Nov  6 08:49:37 1994',
])('%j is none', (text) => {
  expect(parseHttpDate(text)).toBeNaN()
})
