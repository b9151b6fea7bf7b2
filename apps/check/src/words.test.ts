import { describe, expect, test } from 'vitest'
import { finding, report } from '../test/finding.ts'
import type { Origin } from './catalog.ts'
import type { Finding } from './finding.ts'
import {
  ageWords,
  amount,
  count,
  hintWords,
  ownerWords,
  standingWords,
  summaryWords,
} from './words.ts'

const DAY = '2026-11-30T23:59:59Z'
const PAGE = 'https://page.example'

test.each<[Partial<Finding>, string]>([
  [{ status: 'active', retires_at: null }, 'active'],
  [{ status: 'retired', retires_at: '2025-07-05T00:00:00Z' }, 'retired since 5 Jul 2025'],
  [{ status: 'retired', retires_at: null }, 'retired'],
  [{ status: 'overdue', retires_at: DAY }, 'retires any day: it was due on 30 Nov 2026'],
  [{ status: 'deprecated', retires_at: DAY, days_left: 1 }, 'retires on 30 Nov 2026: 1 day left'],
  [
    { status: 'deprecated', retires_at: DAY, days_left: 1000 },
    'retires on 30 Nov 2026: 1,000 days left',
  ],
  [{ status: 'deprecated', retires_at: null }, 'deprecated, no day is set'],
  [{ status: 'unknown', nearest: ['a', 'b'] }, 'unknown; nearest: a, b'],
  [{ status: 'unknown' }, 'unknown'],
  [{ status: 'unchecked' }, 'could not be checked'],
  [
    { status: 'other-platform', platform: 'bedrock', page: PAGE, id: 'x', retires_at: DAY },
    `Amazon Bedrock decides; see ${PAGE}; Anthropic's own day for x is 30 Nov 2026`,
  ],
  [{ status: 'other-platform', platform: 'other', retires_at: null }, 'Another platform decides'],
])('where a name stands: %j', (more, words) => {
  expect(standingWords(finding(more))).toBe(words)
})

test('who decides and the hint are told apart, too', () => {
  const elsewhere = finding({ platform: 'vertex', page: PAGE, retires_at: null })
  expect(ownerWords(elsewhere)).toBe(`Google Vertex decides; see ${PAGE}`)
  expect(hintWords(elsewhere)).toBe('')
})

test.each([
  [0, '0 files'],
  [1, '1 file'],
  [2, '2 files'],
  [999, '999 files'],
  [1000, '1,000 files'],
  [1_234_567, '1,234,567 files'],
])('%i is %s', (number, words) => {
  expect(count(number, 'file')).toBe(words)
  expect(`${amount(number)} file`).toBe(words.replace(/s$/, ''))
})

test.each<[readonly Partial<Finding>[], string]>([
  [[], '1 id in 2 files, none is dying'],
  [[{ status: 'active' }], '1 id in 2 files, none is dying'],
  [
    [{ status: 'unknown' }, { status: 'other-platform' }, {}, {}],
    '1 id in 2 files, in places: 2 retired, 1 unknown, 1 other-platform',
  ],
])('how many are dying: %j', (findings, words) => {
  expect(summaryWords(report(findings.map(finding)).summary)).toBe(words)
})

test('no id at all is told with how much was read', () => {
  expect(summaryWords({ ...report([]).summary, ids: 0 })).toBe('No model id in 3 files')
})

describe('how old what is known is', () => {
  const now = Date.parse('2026-11-20T12:00:00Z')
  const minutes = (number: number): string => new Date(now - number * 60_000).toISOString()

  test.each([
    [-5, '0 minutes'],
    [1, '1 minute'],
    [119, '119 minutes'],
    [120, '2 hours'],
    [47 * 60, '47 hours'],
    [48 * 60, '2 days'],
    [100 * 24 * 60, '100 days'],
  ])('%i minutes are %s', (age, words) => {
    const origin: Origin = { source: 'live', from: 'https://a', synced_at: minutes(age) }
    expect(ageWords(origin, new Date(now))).toBe(`data ${words} old`)
    const kept: Origin = { ...origin, source: 'cache', trouble: 'no route' }
    expect(ageWords(kept, now)).toBe(`data ${words} old: no route`)
  })

  test.each<[Origin, string]>([
    [
      { source: 'history', from: null, synced_at: null },
      '; --from or ANTHROPIC_API_KEY says whom to ask',
    ],
    [
      { source: 'history', from: 'https://a', synced_at: null, trouble: 'no route' },
      ': https://a did not answer (no route)',
    ],
  ])('nothing is known but what is old: %j', (origin, words) => {
    const known = 'only what was retired when this version was made is known'
    expect(ageWords(origin, now)).toBe(known + words)
  })
})
