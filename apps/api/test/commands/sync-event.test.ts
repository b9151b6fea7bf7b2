import { expect, test } from 'vitest'
import { inWords } from '../../dev/sync-event.ts'

test.each([
  ['written', { models: 1, changes: 1, published: 'change' }, 'Synced: 1 model, 1 change.'],
  [
    'written',
    { models: 20, changes: 2, published: 'failed' },
    'Synced: 20 models, 2 changes. KV did not take it: it is tried again.',
  ],
  ['unchanged', { models: 20, changes: 0 }, 'Synced: 20 models, nothing new.'],
  [
    'doubted',
    { models: 20, doubted: 1 },
    'Synced: 20 models, nothing new. Of 1 model upstream says something else than before: the next sync decides.',
  ],
  [
    'provisional',
    { reason: 'kv_read_failed' },
    'Synced, but not kept (kv_read_failed): nobody knows yet what KV holds.',
  ],
  ['skipped', { reason: 'later_schema' }, 'Sync skipped (later_schema).'],
  [
    'skipped',
    { reason: 'backing_off', because: 'overloaded' },
    'Sync skipped: upstream is left alone for a while, because of overloaded.',
  ],
  [
    'failed',
    { reason: 'unauthorized' },
    'Sync failed (unauthorized). Anthropic refuses the key: set another ANTHROPIC_API_KEY.',
  ],
  [
    'failed',
    { reason: 'empty', message: 'The list is empty', models: 1 },
    'Sync failed (empty): The list is empty. The last good copy is served, of 1 model.',
  ],
])('%s, %j', (outcome, fields, words) => {
  expect(inWords(JSON.stringify({ event: 'sync', outcome, ...fields }))).toBe(words)
})

test.each(['a line', '7', 'null', '{"event":"knock"}'])('%j is about no sync', (line) => {
  expect(inWords(line)).toBeUndefined()
})
