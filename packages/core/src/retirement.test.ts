import { expect, test } from 'vitest'
import { retirementStatus } from './retirement.ts'

const DATE = '2026-11-30T00:00:00Z'
const AT = Date.parse(DATE)
const DAY = 86_400_000
const retiresAt = new Date(DATE)

test.each([
  ['active', { retires_at: '2020-01-01T00:00:00Z' }],
  ['active', { lifecycle: null }],
  ['active', { lifecycle: 'active', retires_at: '2020-01-01T00:00:00Z' }],
  ['retired', { lifecycle: 'retired', retires_at: '2099-01-01T00:00:00Z' }],
  ['unknown', { lifecycle: '', retires_at: DATE }],
  ['unknown', { lifecycle: 'Deprecated', retires_at: DATE }],
  ['unknown', undefined],
])('the lifecycle decides, not the date: %s is %j', (status, model) => {
  expect(retirementStatus(model, AT)).toEqual({ status })
})

test.each([Number.NaN, new Date('soon')])('no time %s is refused', (now) => {
  expect(() => retirementStatus(undefined, now)).toThrow('now: expected a valid date')
})

test.each<[string, number, object]>([
  ['ten days before', AT - 10 * DAY, { status: 'deprecated', daysLeft: 10 }],
  ['ten days and a moment before', AT - 10 * DAY - 1, { status: 'deprecated', daysLeft: 11 }],
  ['one ms before', AT - 1, { status: 'deprecated', daysLeft: 1 }],
  ['at its date', AT, { status: 'overdue' }],
])('a deprecated model %s', (_, now, expected) => {
  const zoned = { lifecycle: 'deprecated', retires_at: '2026-11-30T02:00:00.000+02:00' }
  expect(retirementStatus(zoned, now)).toEqual({ ...expected, retiresAt })
  expect(retirementStatus(zoned, new Date(now))).toEqual({ ...expected, retiresAt })
})

test.each([null, '', 'soon', '2026-13-45'])(
  'a deprecated model has no date with %j',
  (retires_at) => {
    const model = { lifecycle: 'deprecated', retires_at }
    expect(retirementStatus(model, 0)).toEqual({ status: 'deprecated' })
  },
)
