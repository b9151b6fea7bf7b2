import { expect, test } from 'vitest'
import { dayText } from './time.ts'

test('days are written as people write them', () => {
  const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' })
  for (let ms = Date.UTC(1971, 0); ms < Date.UTC(2090, 0); ms += 86_400_000 * 5) {
    expect(dayText(ms)).toBe(format.format(ms))
  }
  expect(dayText(Date.UTC(9999, 11, 31))).toBe('Dec 31, 9999')
})
