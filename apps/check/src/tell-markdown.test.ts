import { expect, test } from 'vitest'
import { finding, report } from '../test/finding.ts'
import { GATE } from './report.ts'
import { tellMarkdown } from './tell-markdown.ts'

const DATA = { source: 'live', from: 'https://a', synced_at: '1970-01-01T00:00:00Z' } as const

test('a table, the worst first, and what it all comes to', () => {
  const findings = [
    finding({ status: 'unknown', text: 'a', id: 'a' }),
    finding({ successor: 'b' }),
    finding({ text: 'c', path: 'd_e.ts', line: 2 }),
  ]
  expect(tellMarkdown(report(findings, { data: DATA }), GATE, 0).split('\n')).toEqual([
    '| In the files | Standing | Newest of its line | Where |',
    '| --- | --- | --- | --- |',
    '| <code>claude-2.1</code> <code>c</code> | ❌ retired since 21 Jul 2025 | <code>b</code> | <code>a.ts&#58;1</code> <code>d&#95;e.ts&#58;2</code> |',
    '| <code>a</code> | unknown |  | <code>a.ts&#58;1</code> |',
    '',
    '1 id in 2 files, in places&#58; 2 retired, 1 unknown; data 0 minutes old.',
    '',
  ])
})

test('a line where there is nothing to tell', () => {
  expect(tellMarkdown(report([]), GATE, 0)).toBe('1 id in 2 files, none is dying.\n')
})

test.each([
  [20, ''],
  [21, ' and 1 more'],
  [50, ' and 30 more'],
])('of %i places some are told', (number, more) => {
  const findings = Array.from({ length: number }, (_, place) => finding({ line: place + 1 }))
  expect(tellMarkdown(report(findings), GATE, 0)).toContain(`<code>a.ts&#58;20</code>${more} |`)
})
