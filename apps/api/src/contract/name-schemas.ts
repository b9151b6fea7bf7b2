import type { Comparison, LifecycleDocument, LifecycleModel } from '@models-edge/core'
import { moment, momentOrNull } from './moments.ts'

/** The shapes of what is said of names, of their ends, and of what comes after them. */

const text = { type: 'string' }
const textOrNull = { type: ['string', 'null'] }
const names = { type: 'object', additionalProperties: text }

const lives = {
  id: text,
  display_name: text,
  created_at: moment,
  line: textOrNull,
  lifecycle: textOrNull,
  deprecated_at: momentOrNull,
  retires_at: momentOrNull,
  removed_at: {
    ...moment,
    description: 'Since when it is no longer listed: all else is what was last known.',
  },
} satisfies Readonly<Record<keyof LifecycleModel, object>>

const limit = {
  type: 'object',
  required: ['from', 'to', 'change'],
  properties: {
    from: { type: ['number', 'null'] },
    to: { type: ['number', 'null'] },
    change: { type: 'string', enum: ['higher', 'lower', 'unchanged', 'unknown'] },
  },
}

const compared = { type: 'object', required: ['id'], properties: lives }

export const nameSchemas = {
  Lifecycle: {
    type: 'object',
    required: ['type', 'models', 'aliases', 'past_aliases', 'past_aliases_since'],
    properties: {
      type: { type: 'string', const: 'lifecycle' },
      models: {
        type: 'array',
        description: 'Newest first; those that are no longer listed come last.',
        items: {
          type: 'object',
          description: 'What a model says of its life. All but `id` can be missing.',
          required: ['id'],
          properties: lives,
        },
      },
      aliases: { ...names, description: 'The model that each alias stands for.' },
      past_aliases: {
        ...names,
        description: 'The model that a name stood for last, which stands for none any more.',
      },
      past_aliases_since: {
        type: 'object',
        additionalProperties: moment,
        description: 'When the service saw that it stands for none any more.',
      },
    } satisfies Readonly<Record<keyof LifecycleDocument, object>>,
  },
  Lines: {
    type: 'object',
    required: ['data'],
    properties: {
      data: {
        type: 'array',
        items: {
          type: 'object',
          required: ['type', 'line', 'id'],
          properties: {
            type: { type: 'string', const: 'line' },
            line: text,
            id: { ...text, description: 'Of its newest active model.' },
          },
        },
      },
    },
  },
  Badge: {
    type: 'object',
    description: 'As shields.io reads it from its endpoint.',
    required: ['schemaVersion', 'label', 'message', 'color', 'cacheSeconds'],
    properties: {
      schemaVersion: { type: 'integer', const: 1 },
      label: text,
      message: { ...text, minLength: 1 },
      color: { type: 'string', enum: ['brightgreen', 'yellow', 'orange', 'red', 'lightgrey'] },
      cacheSeconds: { type: 'integer' },
    },
    additionalProperties: false,
  },
  JsonFeed: {
    type: 'object',
    required: ['version', 'title', 'items'],
    properties: {
      version: { type: 'string', const: 'https://jsonfeed.org/version/1.1' },
      title: text,
      description: text,
      home_page_url: text,
      feed_url: text,
      items: {
        type: 'array',
        maxItems: 100,
        items: {
          type: 'object',
          required: ['id', 'title', 'content_text', 'date_published', 'date_modified'],
          properties: {
            id: { ...text, description: 'The same for the same change, wherever it is asked for.' },
            url: {
              ...text,
              description: 'Of the model’s page, where the service knows its address.',
            },
            title: text,
            content_text: text,
            date_published: moment,
            date_modified: moment,
          },
        },
      },
    },
  },
  ComparedCapability: {
    type: 'object',
    properties: {
      change: {
        type: 'string',
        enum: ['gained', 'lost', 'unchanged', 'unknown'],
        description: 'Missing where no model says anything of the group as such.',
      },
      parts: {
        type: 'object',
        additionalProperties: { $ref: '#/components/schemas/ComparedCapability' },
      },
    },
  },
  Comparison: {
    type: 'object',
    required: ['type', 'from', 'to', 'limits', 'capabilities', 'not_told'],
    properties: {
      type: { type: 'string', const: 'comparison' },
      from: compared,
      to: compared,
      limits: {
        type: 'object',
        required: ['max_input_tokens', 'max_tokens'],
        properties: { max_input_tokens: limit, max_tokens: limit },
      },
      capabilities: {
        type: 'object',
        additionalProperties: { $ref: '#/components/schemas/ComparedCapability' },
        description: '`unknown` is what one of the two models does not say.',
      },
      not_told: {
        type: 'array',
        items: text,
        description: 'What may differ, too, and is not in the data.',
      },
    } satisfies Readonly<Record<keyof Comparison, object>>,
  },
} as const
