import { expect, test } from 'vitest'
import { bytes, count, figure, measured } from './figures.ts'

test.each([
  [0, '0'],
  [0.01234, '0.0123'],
  [0.9996, '1.000'],
  [1.004, '1.00'],
  [12.34, '12.3'],
  [999.4, '999'],
  [12_345.6, '12,346'],
  [Number.NaN, '–'],
])('%d is written %s', (value, text) => {
  expect(figure(value)).toBe(text)
})

test('what is counted has no fractions', () => {
  expect(count(1234.5)).toBe('1,235')
})

test.each([
  [0.016, '0.950 ± 2 %'],
  [0.051, '≈ 0.950 ± 5 %'],
  [0.201, '?'],
  [NaN, '?'],
])('a median that may be off by %f is written %s', (error, text) => {
  expect(measured({ median: 0.95, spread: 0, error })).toBe(text)
})

test.each([
  [999, '999 B'],
  [20_480, '20 KiB'],
  [26_214_400, '25.0 MiB'],
])('%d bytes are %s', (value, text) => {
  expect(bytes(value)).toBe(text)
})
