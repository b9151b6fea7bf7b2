import type { ModelInfo } from '@models-edge/core'

/** The models that the test API serves, newest first. */
export const models: readonly ModelInfo[] = [
  model('claude-haiku-5-5', 'Claude Haiku 5.5', '2026-10-07T18:00:00Z'),
  model('claude-sonnet-5-5', 'Claude Sonnet 5.5', '2026-09-28T00:00:00Z'),
  model('claude-opus-5-5', 'Claude Opus 5.5', '2026-09-21T16:24:00Z'),
  model('claude-opus-4-8', 'Claude Opus 4.8', '2026-06-02T00:00:00Z', { lifecycle: 'deprecated' }),
  // Of this one, next to nothing is known.
  model('claude-enigma', 'Claude Enigma', '1970-01-01T00:00:00Z', {
    line: null,
    max_input_tokens: null,
    max_tokens: null,
  }),
  model('claude-sonnet-4-5-20250929', 'Claude Sonnet 4.5', '2025-09-29T00:00:00Z', {
    lifecycle: 'deprecated',
    retires_at: inDays(9.5),
  }),
  model('claude-opus-4-5-20251101', 'Claude Opus 4.5', '2025-11-01T00:00:00Z', {
    lifecycle: 'deprecated',
    retires_at: inDays(-3),
  }),
  model('claude-3-haiku-20240307', 'Claude Haiku 3', '2024-03-07T00:00:00Z', {
    line: 'haiku',
    lifecycle: 'retired',
    retires_at: '2026-04-20T00:00:00Z',
  }),
]

/** The ids of those that are shown unless other lifecycles are asked for. */
export const current = models.slice(0, -1).map(({ id }) => id)

/** What the API answered in 2024, named and called to do harm. */
export const markup: ModelInfo = {
  type: 'model',
  id: 'claude-<i>-$&',
  display_name: '<img src=x onerror="seen.errors.push(1)"><b>&amp;$&',
  created_at: '2024-01-01T00:00:00Z',
}

export function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString()
}

function model(
  id: string,
  display_name: string,
  created_at: string,
  rest: Partial<ModelInfo> = {},
): ModelInfo {
  const [, line = null] = id.split('-')
  return {
    type: 'model',
    id,
    display_name,
    created_at,
    line,
    max_input_tokens: line === 'haiku' ? 200_000 : 1_000_000,
    max_tokens: 128_000,
    lifecycle: 'active',
    deprecated_at: null,
    retires_at: null,
    ...rest,
  }
}

/** The choices that the picker makes of them, in its order. */
export const choices = [
  'Claude Haiku 5.5',
  'Claude Sonnet 5.5',
  'Claude Sonnet 4.5',
  'Claude Opus 5.5',
  'Claude Opus 4.8',
  'Claude Opus 4.5',
  'Claude Enigma',
]
