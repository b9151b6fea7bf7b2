import { models as recorded } from '@models-edge/upstream/catalogue'

/** Ids that mean something else in a path, a query, an object, a number or a header. */
const oddIds =
  'claude/odd 6|claude-é-1|😀|a%2Fb|x+y&limit=1|..|__proto__|constructor|1e3|quo"te<b>|after_id|#?'.split(
    '|',
  )
oddIds.push('y'.repeat(256))

const odd = oddIds.map((id, index) => ({
  type: 'model',
  id,
  display_name: id,
  created_at: '2025-01-01T00:00:00Z',
  lifecycle: ['active', 'deprecated', 'retired', null, 'dormant'][index % 5],
  deprecated_at: [null, '2026-01-01T00:00:00Z'][index % 2],
  retires_at: ['2026-12-01T00:00:00.5+01:00', null][index % 2],
}))

/** Newest first: odd ones among real ones. */
export const models: readonly string[] = recorded
  .flatMap((model, index) => [model, odd[index] ?? []].flat())
  .map((model) => JSON.stringify(model))

export const aliases: Readonly<Record<string, string>> = {
  'claude-haiku-4-5': 'claude-haiku-4-5-20251001',
  'claude-sonnet-4-5': 'claude-sonnet-4-5-20250929',
}
