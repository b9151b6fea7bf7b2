import { expect, test } from 'vitest'
import { inWords } from '../../dev/sync-event.ts'

test.each([
  [{ outcome: 'written', models: 20, changes: 33 }, 'Synced: 20 models, 33 changes.'],
  [{ outcome: 'written', models: 1, changes: 1 }, 'Synced: 1 model, 1 change.'],
  [{ outcome: 'written', models: 20, changes: 0 }, 'Synced: 20 models, nothing new.'],
  [{ outcome: 'unchanged', models: 20, changes: 0 }, 'Synced: 20 models, nothing new.'],
  [{ outcome: 'skipped', reason: 'superseded' }, 'Sync skipped: a newer one was there first.'],
  [
    { outcome: 'skipped', reason: 'backing_off', because: 'overloaded' },
    'Sync skipped: upstream is left alone for a while, because of overloaded.',
  ],
  [
    { outcome: 'failed', reason: 'overloaded', models: 20 },
    'Sync failed (overloaded). The last good copy is served, of 20 models.',
  ],
  [
    { outcome: 'failed', reason: 'unauthorized' },
    'Sync failed (unauthorized). Anthropic refuses the key: set another ANTHROPIC_API_KEY.',
  ],
  [
    { outcome: 'failed', reason: 'empty', message: 'The list is empty', models: 1 },
    'Sync failed (empty): The list is empty. The last good copy is served, of 1 model.',
  ],
])('%j', (event, words) => {
  expect(inWords(JSON.stringify({ event: 'sync', ...event }))).toBe(words)
})

test.each(['', 'a line', '7', 'null', '{"event":"error"}'])('%j is about no sync', (line) => {
  expect(inWords(line)).toBeUndefined()
})
