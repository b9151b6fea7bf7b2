import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compact } from './compact.ts'

const format = new Intl.NumberFormat('en', { notation: 'compact', useGrouping: false })

test.each([
  0, 9, 10, 999, 1000, 4096, 8192, 9949, 9950, 9999, 32_768, 99_500, 128_000, 200_000, 999_499,
  999_500, 999_999, 1_000_000, 1_048_576, 2_500_000, 10e9, 1e12, 1e15, 5e15,
])('%i is written as the platform writes it', (number) => {
  expect(compact(number)).toBe(format.format(number))
})

test('so is any other', () => {
  fc.assert(
    fc.property(fc.nat(15), fc.nat(99_999), (zeros, digits) => {
      const number = Math.round(digits * 10 ** (zeros - 4))
      expect(compact(number)).toBe(format.format(number))
    }),
  )
})
