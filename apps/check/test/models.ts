import type { LifecycleDocument, ModelInfo } from '@models-edge/core'
import { Catalog } from '../src/catalog.ts'

// A world for tests: what a models-edge tells on the day of 20 November 2026, in small.

export const NOW = Date.parse('2026-11-20T12:00:00Z')

type Life = readonly [id: string, line: string, created: string, lifecycle: string, ends?: string]

const LIVES: readonly Life[] = [
  ['claude-haiku-5-5', 'haiku', '2026-10-07', 'active'],
  ['claude-sonnet-5-5', 'sonnet', '2026-09-28', 'active'],
  ['claude-opus-5-5', 'opus', '2026-09-21', 'active'],
  ['claude-opus-4-8', 'opus', '2026-05-01', 'active'],
  ['claude-zephyr-1', 'zephyr', '2026-05-01', 'active'],
  ['claude-opus-4-5-20251101', 'opus', '2025-11-01', 'active'],
  ['claude-haiku-4-5-20251001', 'haiku', '2025-10-01', 'deprecated'],
  ['claude-sonnet-4-5-20250929', 'sonnet', '2025-09-29', 'deprecated', '2026-11-30'],
  ['claude-opus-4-7', 'opus', '2026-03-01', 'deprecated', '2027-03-01'],
  ['claude-sonnet-4-6', 'sonnet', '2026-02-01', 'deprecated', '2026-11-10'],
  ['claude-opus-4-1-20250805', 'opus', '2025-08-05', 'retired', '2026-08-05'],
]

export const MODELS: readonly ModelInfo[] = LIVES.map(([id, line, created, lifecycle, ends]) => ({
  type: 'model',
  id,
  display_name: id,
  created_at: `${created}T00:00:00Z`,
  line,
  max_input_tokens: created > '2026' ? 1_000_000 : 200_000,
  max_tokens: 64_000,
  capabilities: {
    image_input: { supported: true },
    thinking: {
      supported: true,
      types: {
        enabled: { supported: created < '2026' },
        adaptive: { supported: created > '2026' },
      },
    },
  },
  lifecycle,
  deprecated_at: lifecycle === 'active' ? null : '2026-06-05T00:00:00Z',
  retires_at: ends ? `${ends}T00:00:00Z` : null,
}))

export const DOCUMENT: LifecycleDocument = {
  type: 'lifecycle',
  models: [
    ...MODELS.map(({ type: _type, ...model }) => model),
    {
      id: 'claude-mythos-1',
      display_name: 'Claude Mythos 1',
      created_at: '2026-01-01T00:00:00Z',
      line: 'mythos',
      lifecycle: 'active',
      removed_at: '2026-11-01T00:00:00Z',
    },
  ],
  aliases: {
    'claude-opus-4-5': 'claude-opus-4-5-20251101',
    'claude-sonnet-4-5': 'claude-sonnet-4-5-20250929',
  },
  past_aliases: {
    'claude-opus-4-1': 'claude-opus-4-1-20250805',
    'claude-opus-4-8-preview': 'claude-opus-4-8',
  },
  past_aliases_since: { 'claude-opus-4-8-preview': '2026-07-01T00:00:00Z' },
}

export const LIVE = new Catalog(
  { source: 'live', from: 'https://models.example', synced_at: '2026-11-20T11:57:00Z' },
  DOCUMENT,
  MODELS,
)

export const HISTORY = new Catalog({ source: 'history', from: null, synced_at: null })
