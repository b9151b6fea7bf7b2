const model = {
  type: 'model',
  id: 'claude-haiku-4-5-20251001',
  display_name: 'Claude Haiku 4.5',
  created_at: '2025-10-15T00:00:00Z',
  line: 'haiku',
  max_input_tokens: 200_000,
  max_tokens: 64_000,
  capabilities: { image_input: { supported: true } },
  lifecycle: 'active',
  deprecated_at: null,
  retires_at: null,
}

const change = {
  type: 'change',
  id: 'chg_0hoc4gwc71c',
  change: 'deprecated',
  model_id: 'claude-sonnet-4-5-20250929',
  at: '2026-09-30T00:00:00Z',
  seeded: false,
  retires_at: { from: null, to: '2026-11-30T00:00:00Z' },
}

function pageWith(entry: { readonly id: string }): object {
  return { data: [entry], has_more: true, first_id: entry.id, last_id: entry.id }
}

function error(type: string, message: string, details?: object): object {
  return {
    type: 'error',
    error: { type, message, details },
    request_id: 'req_011CNyVY9MGmxuRkEHrVfpDg',
  }
}

const lives = {
  id: model.id,
  display_name: model.display_name,
  created_at: model.created_at,
  line: model.line,
  lifecycle: model.lifecycle,
  deprecated_at: null,
  retires_at: null,
}
const next = {
  ...lives,
  id: 'claude-haiku-5-5',
  display_name: 'Claude Haiku 5.5',
  created_at: '2026-10-07T18:00:00Z',
}

/** What answers look like. */
export const examples = {
  model,
  change,
  page: pageWith(model),
  changes: pageWith(change),
  lifecycle: {
    type: 'lifecycle',
    models: [next, lives],
    aliases: { 'claude-haiku-4-5': lives.id },
    past_aliases: { 'claude-opus-4-1': 'claude-opus-4-1-20250805' },
    past_aliases_since: { 'claude-opus-4-1': '2026-08-05T16:02:00.000Z' },
  },
  lines: { data: [{ type: 'line', line: 'haiku', id: next.id }] },
  comparison: {
    type: 'comparison',
    from: lives,
    to: next,
    limits: {
      max_input_tokens: { from: 200_000, to: 1_000_000, change: 'higher' },
      max_tokens: { from: 64_000, to: 128_000, change: 'higher' },
    },
    capabilities: {
      batch: { change: 'unchanged' },
      effort: { change: 'gained', parts: { low: { change: 'gained' } } },
    },
    not_told: ['prices', 'temperature, top_p and top_k', 'rate limits', 'quality and speed'],
  },
  badge: {
    schemaVersion: 1,
    label: 'Claude Sonnet 4.5',
    message: 'retires: 10 days left',
    color: 'orange',
    cacheSeconds: 3600,
  },
  health: {
    status: 'ok',
    synced_at: '2026-11-20T12:00:00.000Z',
    age_seconds: 42,
    sync_period_seconds: 300,
    models: 20,
    current_models: 14,
    retired_models: 6,
    last_failure: null,
  },
  400: error('invalid_request_error', 'limit: Input should be less than or equal to 1000'),
  404: error('not_found_error', 'model: claude-haiku-4', { suggestions: ['claude-haiku-4-5'] }),
  410: error(
    'not_found_error',
    'before_id: This cursor is older than the history: changes behind it are missing.',
    { newest_id: change.id },
  ),
  405: error(
    'invalid_request_error',
    'Method Not Allowed. This is a read-only copy: GET, HEAD, OPTIONS',
  ),
  500: error('api_error', 'The service failed to answer. Please try again.'),
  503: error('api_error', 'There is no list of models yet: no sync has succeeded.'),
} as const
