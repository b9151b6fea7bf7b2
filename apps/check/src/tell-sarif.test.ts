import { expect, test } from 'vitest'
import { finding, report } from '../test/finding.ts'
import { STATUSES } from './finding.ts'
import { GATE } from './report.ts'
import { tellSarif } from './tell-sarif.ts'

interface Log {
  readonly runs: readonly [
    { readonly columnKind: string; readonly tool: object; readonly results: readonly object[] },
  ]
}

test('a rule for each standing, and a result for each finding', () => {
  const found = finding({ path: 'a b/c:d\uD800.ts', line: 3, column: 7, successor: 'b' })
  const text = tellSarif(report([found]), GATE, '1.2.3')
  expect(text).toMatch(/^\{"\$schema":"https:[^\n]+2\.1\.0\.json","version":"2\.1\.0",[^\n]+\}\n$/)
  const [{ columnKind, results, tool }] = (JSON.parse(text) as Log).runs
  expect(columnKind).toBe('utf16CodeUnits')
  expect(tool).toEqual({
    driver: {
      name: 'models-edge-check',
      semanticVersion: '1.2.3',
      rules: STATUSES.map((id) => ({ id, shortDescription: { text: `Model id: ${id}` } })),
    },
  })
  expect(results).toEqual([
    {
      ruleId: 'retired',
      level: 'error',
      message: { text: 'claude-2.1: retired since 21 Jul 2025. The newest of its line is b.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%20b/c%3Ad%EF%BF%BD.ts' },
            region: { startLine: 3, startColumn: 7, endColumn: 17 },
          },
        },
      ],
    },
  ])
})

test.each([
  ['retired', 'warning'],
  ['overdue', 'warning'],
  ['deprecated', 'warning'],
  ['unknown', 'note'],
  ['unchecked', 'note'],
  ['other-platform', 'note'],
  ['active', 'note'],
] as const)('what fails is an error; else %s is a %s', (status, level) => {
  const levelWith = (failOn: readonly (typeof status)[]): unknown => {
    const text = tellSarif(report([finding({ status, days_left: 1 })]), { failOn, within: 1 }, '')
    return (JSON.parse(text) as Log).runs[0].results[0]
  }
  expect(levelWith([])).toMatchObject({
    level,
    message: { text: expect.stringMatching(/^claude-2\.1: (?!.*newest).*[^ ]\.$/) },
  })
  expect(levelWith([status])).toMatchObject({ level: 'error' })
})
