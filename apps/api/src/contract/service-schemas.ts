import { moment, momentOrNull } from './moments.ts'

/** The shapes of what the service says of itself. */

const count = { type: 'integer', minimum: 0 }

export const serviceSchemas = {
  Health: {
    type: 'object',
    required: [
      'status',
      'synced_at',
      'age_seconds',
      'sync_period_seconds',
      'models',
      'current_models',
      'retired_models',
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
      sync_period_seconds: {
        ...count,
        description: 'How often what is served is renewed where nothing changes.',
      },
      models: { ...count, description: 'All of them.' },
      current_models: {
        ...count,
        description: 'Those in a list of models that asks for no `lifecycle[]`.',
      },
      retired_models: {
        ...count,
        description: 'The others: a list has them where `lifecycle[]=retired` asks for them.',
      },
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
              was: {
                type: 'string',
                description: 'Of a name that stood for a model: the id of that model.',
              },
              suggestions: {
                type: 'array',
                items: { type: 'string' },
                description: 'The nearest ids, of a model that does not exist.',
              },
              lines: {
                type: 'array',
                items: { type: 'string' },
                description: 'The lines that there are, of one that does not exist.',
              },
              newest_id: {
                type: ['string', 'null'],
                description: 'Where to follow from, of a cursor that is too old.',
              },
            },
          },
        },
      },
      request_id: { type: 'string', pattern: '^req_[0-9A-Za-z]{24}$' },
    },
  },
} as const
