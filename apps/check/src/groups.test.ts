import { expect, test } from 'vitest'
import { finding } from '../test/finding.ts'
import { groupsOf } from './groups.ts'
import { GATE } from './report.ts'

test('what is said of one model is said once, the worst first', () => {
  const elsewhere = { status: 'other-platform', id: 'x' } as const
  const findings = [
    finding({ ...elsewhere, platform: 'vertex', text: 'v' }),
    finding({ ...elsewhere, platform: 'bedrock', text: 'b' }),
    finding({ status: 'unknown', text: 'u' }),
    finding({ status: 'deprecated', id: 'far', text: 'far', days_left: null }),
    finding({ status: 'deprecated', id: 'later', text: 'later', days_left: 40 }),
    finding({ status: 'deprecated', id: 'soon', text: 'soon', days_left: 4 }),
    finding({ status: 'overdue', text: 'o' }),
    finding({ text: 'one' }),
    finding({ text: 'two', line: 2 }),
    finding({ text: 'one', line: 3 }),
    finding({ text: 'since', retires_at: null }),
    finding({ status: 'active', text: 'a' }),
  ]
  const groups = groupsOf(findings, GATE)
  expect(groups.map(({ texts }) => texts.join(' '))).toEqual(
    'one two,since,o,soon,later,far,u,b,v,a'.split(','),
  )
  expect(groups[0]?.findings).toEqual([findings[7], findings[8], findings[9]])
  expect(groups[0]?.first).toBe(findings[7])
  expect(groups.map(({ isFailing }) => isFailing)).toEqual(
    Array.from({ length: 10 }, (_, place) => place < 4),
  )
})
