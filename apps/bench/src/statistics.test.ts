import { expect, test } from 'vitest'
import { pairedRatio, quantile, summarize } from './statistics.ts'

test('the median of an odd number of values is the middle one, in whatever order they came', () => {
  expect(summarize([9, 1, 5]).median).toBe(5)
})

test('the median of an even number of values lies between the two middle ones', () => {
  expect(summarize([4, 1, 3, 2]).median).toBe(2.5)
})

test('the spread is half the distance between the quartiles, as a share of the median', () => {
  expect(summarize([80, 90, 100, 110, 120]).spread).toBeCloseTo(0.1)
})

test('values that are all the same have no spread', () => {
  expect(summarize([7, 7, 7])).toEqual({ median: 7, spread: 0, error: 0 })
})

test('values that are all nothing have no spread either', () => {
  expect(summarize([0, 0, 0])).toEqual({ median: 0, spread: 0, error: 0 })
})

test('four times as many values make the error half as large', () => {
  const few = [80, 90, 100, 110, 120]
  const many = few.flatMap((value) => [value, value, value, value])
  const shrunk = summarize(many).spread / summarize(few).spread / 2
  expect(summarize(many).error / summarize(few).error).toBeCloseTo(shrunk)
})

test('one wild value moves neither the median nor the spread', () => {
  expect(summarize([80, 90, 100, 110, 10_000])).toEqual(summarize([80, 90, 100, 110, 120]))
})

test('a quantile between two values is as far between them as its share says', () => {
  expect(quantile([0, 10], 0.99)).toBeCloseTo(9.9)
  expect(quantile(Float64Array.of(1, 2, 3), 1)).toBe(3)
})

test('there is no quantile of nothing', () => {
  expect(() => quantile([], 0.5)).toThrow('nothing')
})

test('a paired ratio does not see what slows a whole round down', () => {
  expect(pairedRatio([10, 1000, 30], [20, 2000, 60])).toMatchObject({ median: 0.5, spread: 0 })
})

test('a paired ratio needs both in every round', () => {
  expect(() => pairedRatio([1, 2], [1])).toThrow('as many')
})
