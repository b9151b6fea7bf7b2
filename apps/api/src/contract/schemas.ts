/** The shapes of what goes over the wire. Fields and values are added all the time: both are open. */

const moment = { type: 'string', format: 'date-time' }
const momentOrNull = { type: ['string', 'null'], format: 'date-time' }
const count = { type: 'integer', minimum: 0 }
const idOrNull = { type: ['string', 'null'] }

const retirement = {
  type: 'object',
  description: 'The retirement date, before and now.',
  required: ['from', 'to'],
  properties: { from: momentOrNull, to: momentOrNull },
}

function pageOf(schema: string, description: string): object {
  return {
    type: 'object',
    description,
    required: ['data', 'has_more', 'first_id', 'last_id'],
    properties: {
      data: { type: 'array', items: { $ref: `#/components/schemas/${schema}` } },
      has_more: {
        type: 'boolean',
        description: 'Whether there is more in the direction asked for.',
      },
      first_id: { ...idOrNull, description: 'The cursor for `before_id`.' },
      last_id: { ...idOrNull, description: 'The cursor for `after_id`.' },
    },
  }
}

export const schemas = {
  Model: {
    type: 'object',
    description:
      'A model, with every field that Anthropic sends, byte for byte. All but `id` can be missing.',
    required: ['id'],
    properties: {
      type: { type: 'string', const: 'model' },
      id: { type: 'string', examples: ['claude-haiku-4-5-20251001'] },
      display_name: { type: 'string', examples: ['Claude Haiku 4.5'] },
      created_at: { ...moment, description: 'The release; a time of 1970 where it is unknown.' },
      line: {
        type: ['string', 'null'],
        description: 'An open set: never infer it from the id.',
        examples: ['haiku', 'sonnet', 'opus'],
      },
      max_input_tokens: { type: ['integer', 'null'], description: 'The context window.' },
      max_tokens: { type: ['integer', 'null'], description: 'The most that one answer can hold.' },
      capabilities: {
        type: ['object', 'null'],
        description: 'A tree whose leaves are `{"supported": true}`.',
      },
      lifecycle: {
        type: ['string', 'null'],
        description:
          '`active`, `deprecated` or `retired`; absent or null is active. The set is open.',
        examples: ['active', 'deprecated', 'retired'],
      },
      deprecated_at: momentOrNull,
      retires_at: {
        ...momentOrNull,
        description:
          'Can be revised; in the past on a deprecated model it is overdue, not retired.',
      },
    },
    additionalProperties: true,
  },
  ModelPage: pageOf('Model', 'Newest first.'),
  Change: {
    type: 'object',
    description: 'Something that happened to a model.',
    required: ['type', 'id', 'change', 'model_id', 'at', 'seeded'],
    properties: {
      type: { type: 'string', const: 'change' },
      id: { type: 'string', examples: ['chg_5e884898da28047151d0e56f8dc62927'] },
      change: {
        type: 'string',
        enum: ['released', 'deprecated', 'retired', 'retirement_rescheduled', 'removed', 'changed'],
      },
      model_id: { type: 'string' },
      at: {
        ...moment,
        description: 'When a sync saw it; if seeded, the date that the model carries.',
      },
      seeded: {
        type: 'boolean',
        description: 'Not seen, but told by the dates that the model carried at the first sync.',
      },
      retires_at: retirement,
      fields: {
        type: 'array',
        items: { type: 'string' },
        description: 'Of `changed`: the fields that differ.',
      },
      model: { $ref: '#/components/schemas/Model', description: 'Of `removed`: as it was.' },
    },
  },
  ChangePage: pageOf('Change', 'Newest first.'),
  Health: {
    type: 'object',
    required: [
      'status',
      'synced_at',
      'age_seconds',
      'sync_period_seconds',
      'models',
      'last_failure',
    ],
    properties: {
      status: {
        type: 'string',
        enum: ['ok', 'degraded', 'down'],
        description: '`down` when there is nothing to serve; `degraded` when syncs fail.',
      },
      synced_at: momentOrNull,
      age_seconds: { type: ['integer', 'null'], minimum: 0 },
      sync_period_seconds: count,
      models: count,
      last_failure: {
        type: ['object', 'null'],
        description: 'How syncs fail at present.',
        required: ['reason', 'at', 'in_a_row', 'next_try'],
        properties: {
          reason: { type: 'string', examples: ['rate_limited', 'unreachable'] },
          at: moment,
          in_a_row: count,
          next_try: moment,
        },
      },
    },
  },
  Error: {
    type: 'object',
    description: "Anthropic's shape.",
    required: ['type', 'error', 'request_id'],
    properties: {
      type: { type: 'string', const: 'error' },
      error: {
        type: 'object',
        required: ['type', 'message'],
        properties: {
          type: { type: 'string', enum: ['invalid_request_error', 'not_found_error', 'api_error'] },
          message: { type: 'string' },
          details: {
            type: 'object',
            properties: {
              suggestions: {
                type: 'array',
                items: { type: 'string' },
                description: 'The nearest ids, of a model that does not exist.',
              },
            },
          },
        },
      },
      request_id: { type: 'string', pattern: '^req_[0-9A-Za-z]{24}$' },
    },
  },
} as const
