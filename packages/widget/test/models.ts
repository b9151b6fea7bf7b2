import type { ModelInfo } from '@models-edge/core'

const day = 86_400_000

/** The models that the test API serves, newest first. */
export const models: readonly ModelInfo[] = [
  model('claude-haiku-5-5', 'Claude Haiku 5.5', '2026-10-07T18:00:00Z', 'haiku'),
  model('claude-sonnet-5-5', 'Claude Sonnet 5.5', '2026-09-28T00:00:00Z', 'sonnet'),
  model('claude-opus-5-5', 'Claude Opus 5.5', '2026-09-21T16:24:00Z', 'opus'),
  model('claude-opus-4-8', 'Claude Opus 4.8', '2026-06-02T00:00:00Z', 'opus', {
    lifecycle: 'deprecated',
    deprecated_at: '2026-11-01T00:00:00Z',
  }),
  {
    ...model('claude-enigma', 'Claude Enigma', '1970-01-01T00:00:00Z', null),
    max_input_tokens: null,
    max_tokens: null,
  },
  model('claude-sonnet-4-5-20250929', 'Claude Sonnet 4.5', '2025-09-29T00:00:00Z', 'sonnet', {
    lifecycle: 'deprecated',
    retires_at: new Date(Date.now() + 9.5 * day).toISOString(),
  }),
  model('claude-opus-4-5-20251101', 'Claude Opus 4.5', '2025-11-01T00:00:00Z', 'opus', {
    lifecycle: 'deprecated',
    retires_at: new Date(Date.now() - 3 * day).toISOString(),
  }),
  model('claude-3-haiku-20240307', 'Claude Haiku 3', '2024-03-07T00:00:00Z', 'haiku', {
    lifecycle: 'retired',
    retires_at: '2026-04-20T00:00:00Z',
  }),
]

/** A catalogue of any length. */
export function manyModels(count: number): readonly ModelInfo[] {
  return Array.from({ length: count }, (_, position) =>
    model(`claude-${position}`, `Claude ${position}`, '2026-01-01T00:00:00Z', 'opus'),
  )
}

export const markup = '<img src=x onerror="seen.errors.push(1)"><b>&amp;$&'

export const markedUp: readonly ModelInfo[] = [
  model('claude-<i>-$&', markup, '2026-01-01T00:00:00Z', '<u>'),
]

/** What the API answered in 2024. */
export const bare: readonly ModelInfo[] = [
  {
    type: 'model',
    id: 'claude-old',
    display_name: 'Claude Old',
    created_at: '2024-01-01T00:00:00Z',
  },
]

function model(
  id: string,
  display_name: string,
  created_at: string,
  line: string | null,
  rest: Partial<ModelInfo> = {},
): ModelInfo {
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
