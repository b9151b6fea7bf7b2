import { expect, test } from 'vitest'
import { inWords } from '../../dev/sync-event.ts'

const failed = { event: 'sync', outcome: 'failed', reason: 'odd', message: 'a\u001b[31mb' }

test.each([
  ['{"event":"sync","outcome":"written","models":2,"changes":1}', 'Synced: 2 models, 1 change.'],
  ['{"event":"sync","outcome":"skipped","reason":"later_schema"}', 'Sync skipped (later_schema).'],
  [JSON.stringify(failed), String.raw`Sync failed (odd): a\u{1b}[31mb.`],
  ['{"event":"knock"}', '{"event":"knock"}'],
  ['an error\n  of the runtime', 'an error\n  of the runtime'],
  ['Host: \u001b[31m\u0007\u009b\r', String.raw`Host: \u{1b}[31m\u{7}\u{9b}\u{d}`],
  ['null', 'null'],
])('%j is told as %j', (line, words) => {
  expect(inWords(line)).toBe(words)
})
