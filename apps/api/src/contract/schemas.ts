import type { ModelInfo } from '@models-edge/core'
import { capabilitySchemas } from './capability-schemas.ts'
import { moment, momentOrNull } from './moments.ts'
import { nameSchemas } from './name-schemas.ts'
import { serviceSchemas } from './service-schemas.ts'

/** The shapes of what goes over the wire. Fields and values are added all the time: both are open. */

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
      capabilities: { $ref: '#/components/schemas/Capabilities' },
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
    } satisfies Readonly<Record<keyof ModelInfo, object>>,
    additionalProperties: true,
  },
  ...capabilitySchemas,
  ModelPage: pageOf('Model', 'Newest first.'),
  Change: {
    type: 'object',
    description: 'Something that happened to a model or to its alias.',
    required: ['type', 'id', 'change', 'model_id', 'at', 'seeded'],
    properties: {
      type: { type: 'string', const: 'change' },
      id: {
        type: 'string',
        description: 'The cursor, too. Later changes have later ids.',
        examples: ['chg_0hoc4gwc71c'],
      },
      change: {
        type: 'string',
        enum: [
          'released',
          'deprecated',
          'retired',
          'retirement_rescheduled',
          'removed',
          'changed',
          'alias_moved',
          'alias_ended',
        ],
      },
      model_id: {
        type: 'string',
        description: 'Of an alias: the model that it stands for now, or stood for last.',
      },
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
      values: {
        type: 'object',
        description: 'Of `changed`: old and new values of the fields, where they are small.',
        additionalProperties: { type: 'object', properties: { from: {}, to: {} } },
      },
      alias: { type: 'string', description: 'Of `alias_moved` and `alias_ended`.' },
      stands_for: {
        type: 'object',
        description: 'Of an alias: the model that it stood for, and stands for now.',
        required: ['from', 'to'],
        properties: { from: idOrNull, to: idOrNull },
      },
      model: { $ref: '#/components/schemas/Model', description: 'Of `removed`: as it was.' },
    },
  },
  ChangePage: pageOf('Change', 'Newest first.'),
  ...nameSchemas,
  ...serviceSchemas,
} as const
