import { describe, expect, test } from 'vitest'
import { retirementStatus } from './retirement.ts'

describe('retirementStatus', () => {
  test('counts begun days', () => {
    const model = { lifecycle: 'deprecated', retires_at: '2026-11-30T00:00:00Z' }
    expect(retirementStatus(model, new Date('2026-11-20T12:00:00Z'))).toEqual({
      status: 'deprecated',
      daysLeft: 10,
      retiresAt: new Date('2026-11-30T00:00:00Z'),
    })
  })
})
