import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { retirementStatus } from './retirement.ts'

const DATE = '2026-11-30T00:00:00Z'
const AT = Date.parse(DATE)
const DAY = 86_400_000
const retiresAt = new Date(DATE)

describe('the lifecycle decides', () => {
  test.each([
    ['active', { lifecycle: 'active' }],
    ['active', { lifecycle: 'active', retires_at: '2020-01-01T00:00:00Z' }],
    ['active', {}],
    ['active', { lifecycle: null }],
    ['active', { retires_at: '2020-01-01T00:00:00Z' }],
    ['retired', { lifecycle: 'retired' }],
    ['retired', { lifecycle: 'retired', retires_at: '2099-01-01T00:00:00Z' }],
    ['unknown', { lifecycle: 'paused' }],
    ['unknown', { lifecycle: '', retires_at: DATE }],
    ['unknown', { lifecycle: 'Deprecated', retires_at: DATE }],
    ['unknown', undefined],
  ])('%s: %j', (status, model) => {
    expect(retirementStatus(model, AT)).toEqual({ status })
  })
})

test.each([Number.NaN, new Date(Number.NaN), new Date('soon')])('no time %s is refused', (now) => {
  for (const lifecycle of ['active', 'deprecated', 'retired', 'paused']) {
    expect(() => retirementStatus({ lifecycle, retires_at: DATE }, now)).toThrow(
      expect.objectContaining({
        name: 'ApiError',
        status: 400,
        type: 'invalid_request_error',
        message: 'now: expected a valid date',
      }),
    )
  }
})

describe('a deprecated model', () => {
  test.each<[string, number, object]>([
    ['ten begun days before', AT - 9.5 * DAY, { status: 'deprecated', daysLeft: 10 }],
    ['ten days before', AT - 10 * DAY, { status: 'deprecated', daysLeft: 10 }],
    ['ten days and a moment before', AT - 10 * DAY - 1, { status: 'deprecated', daysLeft: 11 }],
    ['a day before', AT - DAY, { status: 'deprecated', daysLeft: 1 }],
    ['one ms before', AT - 1, { status: 'deprecated', daysLeft: 1 }],
    ['at its date', AT, { status: 'overdue' }],
    ['one ms after', AT + 1, { status: 'overdue' }],
    ['years after', AT + 1000 * DAY, { status: 'overdue' }],
    ['at the epoch', 0, { status: 'deprecated', daysLeft: AT / DAY }],
  ])('%s', (_, now, expected) => {
    const model = { lifecycle: 'deprecated', retires_at: DATE }
    expect(retirementStatus(model, now)).toEqual({ ...expected, retiresAt })
    expect(retirementStatus(model, new Date(now))).toEqual({ ...expected, retiresAt })
  })

  test.each([undefined, null, '', 'soon', '2026-13-45'])('has no date with %j', (retires_at) => {
    const model = { lifecycle: 'deprecated', ...(retires_at === undefined ? {} : { retires_at }) }
    expect(retirementStatus(model, AT)).toEqual({ status: 'deprecated' })
  })

  test('is overdue since the epoch when that is its date', () => {
    const model = { lifecycle: 'deprecated', retires_at: '1970-01-01T00:00:00Z' }
    expect(retirementStatus(model, 0)).toEqual({ status: 'overdue', retiresAt: new Date(0) })
    expect(retirementStatus(model, -1)).toMatchObject({ status: 'deprecated', daysLeft: 1 })
  })

  test('reads the date in whatever zone it is written', () => {
    const model = { lifecycle: 'deprecated', retires_at: '2026-11-30T02:00:00.000+02:00' }
    expect(retirementStatus(model, AT)).toEqual({ status: 'overdue', retiresAt })
  })

  test('is overdue from its date on, and never before', () => {
    const date = fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true })
    const distance = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer())
    fc.assert(
      fc.property(date, distance, (retires, away) => {
        const now = retires.getTime() + away
        const found = retirementStatus(
          { lifecycle: 'deprecated', retires_at: retires.toISOString() },
          now,
        )
        expect(found.status).toBe(away < 0 ? 'deprecated' : 'overdue')
        if (found.status !== 'deprecated') return
        expect(found.daysLeft! * DAY).toBeGreaterThanOrEqual(-away)
        expect((found.daysLeft! - 1) * DAY).toBeLessThan(-away)
      }),
    )
  })
})
