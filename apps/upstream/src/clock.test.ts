import { afterEach, expect, test } from 'vitest'
import { aliases, models } from './catalogue.ts'
import { isOver, modelsNow, moveClock, resetClock } from './clock.ts'

afterEach(resetClock)

function goTo(at: string): void {
  moveClock(new URLSearchParams({ at }))
}

function lives(): string {
  const { deprecated_at, lifecycle, retires_at } = modelsNow(models).find(
    ({ id }) => id === aliases.get('claude-sonnet-4-5'),
  )!
  return `${lifecycle} ${deprecated_at} ${retires_at}`
}

test.each([
  ['2026-09-29T23:59:59Z', 'active null null', false],
  ['2026-09-30', 'deprecated 2026-09-30T00:00:00Z 2026-11-30T00:00:00Z', false],
  ['2026-11-29T23:59:59Z', 'deprecated 2026-09-30T00:00:00Z 2026-11-30T00:00:00Z', false],
  ['2026-11-30', 'retired 2026-09-30T00:00:00Z 2026-11-30T00:00:00Z', true],
])('at %s, Claude Sonnet 4.5 is %s', (at, expected, over) => {
  goTo(at)
  expect(lives()).toBe(expected)
  expect(isOver(models.find(({ id }) => id === aliases.get('claude-sonnet-4-5'))!)).toBe(over)
  expect(Object.keys(modelsNow(models)[0]!)).toEqual(Object.keys(models[0]!))
})

test('what is not out yet is not listed', () => {
  goTo('2026-10-07T17:59:59Z')
  expect(modelsNow(models)).toHaveLength(models.length - 1)
  goTo('2026-10-07T18:00:00Z')
  expect(modelsNow(models)).toHaveLength(models.length)
})

test('without a time, and after a reset, all is as recorded', () => {
  for (const back of [() => moveClock(new URLSearchParams()), resetClock]) {
    goTo('2020-01-01')
    expect(modelsNow(models)).toEqual([])
    back()
    expect(modelsNow(models)).toBe(models)
    expect(models.some(isOver)).toBe(false)
  }
})

test('what is no time is refused, and changes nothing', () => {
  goTo('2026-11-30')
  expect(() => goTo('soon')).toThrow('at: expected a day or a time')
  expect(lives()).toMatch(/^retired/)
})
