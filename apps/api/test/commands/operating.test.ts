import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { advice } from '../../smoke/mends.ts'
import { lineOf, type Outcome } from '../../src/keeper/outcome.ts'

// The page for operators has a row for each thing that the log can say, and no other.

const page = readFileSync(new URL('../../../../docs/operating.md', import.meta.url), 'utf8')

/** The cells of the table below this heading that begins with such a column. */
function rowsOf(heading: string, column: string): readonly (readonly string[])[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  const [, table = ''] = section.split(new RegExp(`\\n(?=\\| ${column} )`))
  const [, , ...rows] = table.split('\n\n')[0]!.split('\n')
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

test('every reason of a failure is there, with what to do', () => {
  const known = Object.entries(advice).map(([reason, { means, mend }]) => [
    `\`${reason}\``,
    means,
    mend,
  ])
  expect(rowsOf('Why a sync fails', '`reason`')).toEqual(known)
})

const published = { kind: 'not due' } as const
const failure = { reason: 'empty', failed_at: '', failures: 1, next_at: '' }
const synced = (changes: number, doubted: number): Outcome => ({
  kind: 'synced',
  committed: { changes, doubted },
  published,
})

/** One of each kind, and of a kind that has several words each word. */
const outcomes: Readonly<Record<Outcome['kind'], readonly Outcome[]>> = {
  synced: [synced(1, 0), synced(0, 0), synced(0, 1)],
  failed: [{ kind: 'failed', failure, message: undefined, published }],
  'backing off': [{ kind: 'backing off', because: 'empty', published }],
  'later schema': [{ kind: 'later schema' }],
  provisional: [
    { kind: 'provisional', reason: 'kv_read_failed' },
    { kind: 'provisional', reason: 'kv_later_format' },
  ],
}

test('every outcome of a sync is there', () => {
  const said = Object.values(outcomes).flat().map(lineOf)
  const rows = rowsOf('The log', '`event`').filter(([event]) => event === '`sync`')
  const words = rows.map(([, outcome, means = '']) => [outcome, /^`(\w+)`:/.exec(means)?.[1]])
  expect(words).toEqual(
    said.map(({ outcome, reason }) => [
      `\`${String(outcome)}\``,
      outcome === 'failed' ? undefined : reason,
    ]),
  )
})
