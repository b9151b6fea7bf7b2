import type { LifecycleDocument, LifecycleModel } from '@models-edge/core'

// What Anthropic's page of model deprecations has told since 2024. A model that is retired stays so, so this
// is true without asking anybody, and only what is asked today wins over it. A release adds what was retired
// since the last one.

type Row = readonly [
  deprecated: string,
  retired: string,
  line: string | null,
  ids: readonly string[],
]

const ROWS: readonly Row[] = [
  ['2026-06-05', '2026-08-05', 'opus', ['claude-opus-4-1-20250805']],
  ['2026-04-14', '2026-06-15', 'opus', ['claude-opus-4-20250514']],
  ['2026-04-14', '2026-06-15', 'sonnet', ['claude-sonnet-4-20250514']],
  ['2026-02-19', '2026-04-20', 'haiku', ['claude-3-haiku-20240307']],
  ['2025-12-19', '2026-02-19', 'haiku', ['claude-3-5-haiku-20241022']],
  ['2025-10-28', '2026-02-19', 'sonnet', ['claude-3-7-sonnet-20250219']],
  ['2025-06-30', '2026-01-05', 'opus', ['claude-3-opus-20240229']],
  ['2025-08-13', '2025-10-28', 'sonnet', ['claude-3-5-sonnet-20241022']],
  ['2025-08-13', '2025-10-28', 'sonnet', ['claude-3-5-sonnet-20240620']],
  ['2025-01-21', '2025-07-21', 'sonnet', ['claude-3-sonnet-20240229']],
  ['2025-01-21', '2025-07-21', null, ['claude-2.1', 'claude-2.0']],
  ['2024-09-04', '2024-11-06', null, ['claude-1.3', 'claude-1.2', 'claude-1.1', 'claude-1.0']],
  [
    '2024-09-04',
    '2024-11-06',
    null,
    ['claude-instant-1.2', 'claude-instant-1.1', 'claude-instant-1.0'],
  ],
]

/** The models that were retired when this version was made, and the aliases that they had. */
export const RETIRED: LifecycleDocument = {
  type: 'lifecycle',
  models: ROWS.flatMap(([deprecated, retired, line, ids]) =>
    ids.map((id): LifecycleModel => {
      const [deprecated_at, retires_at] = [`${deprecated}T00:00:00Z`, `${retired}T00:00:00Z`]
      // When they were created is not known; an epoch value is how the API says so.
      const created_at = '1970-01-01T00:00:00Z'
      return {
        id,
        display_name: id,
        created_at,
        line,
        lifecycle: 'retired',
        deprecated_at,
        retires_at,
      }
    }),
  ),
  aliases: {},
  past_aliases: {
    'claude-opus-4-1': 'claude-opus-4-1-20250805',
    'claude-opus-4-0': 'claude-opus-4-20250514',
    'claude-sonnet-4-0': 'claude-sonnet-4-20250514',
    'claude-3-7-sonnet-latest': 'claude-3-7-sonnet-20250219',
    'claude-3-5-sonnet-latest': 'claude-3-5-sonnet-20241022',
    'claude-3-5-haiku-latest': 'claude-3-5-haiku-20241022',
    'claude-3-opus-latest': 'claude-3-opus-20240229',
  },
  past_aliases_since: {},
}
