import { expect, test } from 'vitest'
import { inWords } from '../../dev/sync-event.ts'

test.each([
  [{ outcome: 'written', models: 20, changes: 33 }, 'Synced: 20 models, 33 changes.'],
  [
    { outcome: 'written', models: 1, changes: 1, published: 'change' },
    'Synced: 1 model, 1 change.',
  ],
  [{ outcome: 'unchanged', models: 20, changes: 0 }, 'Synced: 20 models, nothing new.'],
  [
    { outcome: 'doubted', models: 20, changes: 0, doubted: 1 },
    'Synced: 20 models, nothing new. Of 1 model upstream says something else than before: the next sync decides.',
  ],
  [
    { outcome: 'written', models: 20, changes: 2, published: 'failed' },
    'Synced: 20 models, 2 changes. KV did not take it: it is tried again.',
  ],
  [
    { outcome: 'provisional', reason: 'kv_read_failed' },
    'Synced, but not kept (kv_read_failed): nobody knows yet what KV holds.',
  ],
  [{ outcome: 'skipped', reason: 'later_schema' }, 'Sync skipped (later_schema).'],
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

test.each(['', 'a line', '7', 'null', '{"event":"error"}', '{"event":"knock"}'])(
  '%j is about no sync',
  (line) => {
    expect(inWords(line)).toBeUndefined()
  },
)
