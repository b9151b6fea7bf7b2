import { describe, expect, test } from 'vitest'
import type { LifecycleDocument, LifecycleModel } from './lifecycle-document.ts'
import { standingOf } from './standing.ts'

const NOW = Date.parse('2026-11-20T12:00:00Z')
const ENDED = '2026-11-30T00:01:00Z'

function lived(id: string, more: Partial<LifecycleModel> = {}): LifecycleModel {
  return { id, display_name: id, created_at: '2026-01-01T00:00:00Z', ...more }
}

const active = lived('claude-haiku-4-5-20251001', { lifecycle: 'active' })
const retires_at = '2026-11-30T00:00:00Z'
const deprecated = lived('claude-sonnet-4-5-20250929', { lifecycle: 'deprecated', retires_at })
const retired = lived('claude-opus-4-1-20250805', { lifecycle: 'retired' })
const removed = lived('claude-opus-9-20240101', { lifecycle: 'active', removed_at: ENDED })
const bare = lived('claude-four-fields')

const document: LifecycleDocument = {
  type: 'lifecycle',
  models: [active, deprecated, retired, removed, bare],
  aliases: { 'claude-haiku-4-5': active.id, hidden: 'nobody' },
  past_aliases: { 'claude-opus-4-1': retired.id, 'claude-2': removed.id, old: 'nobody' },
  past_aliases_since: { 'claude-opus-4-1': ENDED, old: ENDED },
}
const due = { status: 'deprecated', daysLeft: 10, retiresAt: new Date(retires_at) }

test.each<[string, object]>([
  [active.id, { kind: 'id', model: active, status: 'active' }],
  [bare.id, { kind: 'id', model: bare, status: 'active' }],
  [deprecated.id, { kind: 'id', model: deprecated, ...due }],
  [retired.id, { kind: 'id', model: retired, status: 'retired' }],
  [removed.id, { kind: 'id', model: removed, status: 'removed', removedAt: new Date(ENDED) }],
  ['claude-haiku-4-5', { kind: 'alias', model: active, status: 'active' }],
  [
    'claude-opus-4-1',
    { kind: 'past_alias', model: retired, status: 'retired', since: new Date(ENDED) },
  ],
  [
    'claude-2',
    { kind: 'past_alias', model: removed, status: 'removed', removedAt: new Date(ENDED) },
  ],
])('%s', (text, expected) => {
  expect(standingOf(document, text, NOW)).toEqual(expected)
  expect(standingOf(document, text, new Date(NOW))).toEqual(expected)
})

test('an id is itself, whatever it is an alias of, and an alias that is one now is no past one', () => {
  const both = { [active.id]: retired.id, 'claude-haiku-4-5': retired.id }
  const odd = {
    ...document,
    aliases: { ...document.aliases, [active.id]: retired.id },
    past_aliases: both,
  }
  expect(standingOf(odd, active.id, NOW)).toMatchObject({ kind: 'id', model: active })
  expect(standingOf(odd, 'claude-haiku-4-5', NOW)).toMatchObject({ kind: 'alias', model: active })
})

describe('what is unknown', () => {
  test.each<[string, readonly string[]]>([
    ['claude-haiku-4.5', ['claude-haiku-4-5', active.id]],
    ['CLAUDE-OPUS-4-1-20250805', [retired.id]],
    // What is no longer listed is nothing to go to, nor is a name that stands for nothing.
    ['claude-opus-9-2024', []],
    ['old', []],
    ['hidden', ['hidden']],
    ['__proto__', []],
    ['toString', []],
    ['', []],
  ])('is told what is nearest: %s', (text, nearest) => {
    expect(standingOf(document, text, NOW)).toEqual({ kind: 'unknown', nearest })
  })
})

test('a document without since tells the rest', () => {
  const { past_aliases_since, ...earlier } = document
  expect(past_aliases_since).toBeDefined()
  const told = standingOf(earlier as LifecycleDocument, 'claude-opus-4-1', NOW)
  expect(told).toEqual({ kind: 'past_alias', model: retired, status: 'retired' })
})
