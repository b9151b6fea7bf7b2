import { examples } from './examples.ts'
import type { Operation } from './operation.ts'
import type { schemas } from './schemas.ts'

const json = 'application/json'
const text = { type: 'string' }

function schemaOf(name: keyof typeof schemas): object {
  return { $ref: `#/components/schemas/${name}` }
}

function query(name: string, schema: object, description: string, example: unknown): object {
  return { name, in: 'query', schema, description, example }
}

function path(name: string, description: string, example: string): object {
  const schema = { ...text, maxLength: 256 }
  return { name, in: 'path', required: true, schema, description, example }
}

/** The parameters of every list; a cursor is the id of something in it. */
function paging(cursor: string): readonly object[] {
  const limit = { type: 'integer', minimum: 1, maximum: 1000, default: 20 }
  const newer =
    'The `first_id` of a page, for what is newer. It cannot be together with `after_id`.'
  return [
    query('limit', limit, 'How many to a page.', 5),
    query('after_id', text, 'The `last_id` of a page, for what is older.', cursor),
    query('before_id', text, newer, cursor),
  ]
}

const lifecycle = query(
  'lifecycle[]',
  { type: 'array', maxItems: 3, items: { enum: ['active', 'deprecated', 'retired'] } },
  'Only these: without it, `active` and `deprecated`. `lifecycle` is understood, too.',
  ['active', 'retired'],
)

const since = query(
  'since',
  { type: 'string', format: 'date-time' },
  'Only changes whose `at` is this time or later. It is for looking back: to follow, use `before_id`.',
  '2026-01-01T00:00:00Z',
)

/** Every route, as the router writes its path. */
export const operations = byPath({
  '/v1/models': {
    id: 'listModels',
    summary: 'The models, newest first',
    parameters: [...paging(examples.model.id), { ...lifecycle, style: 'form', explode: true }],
    type: json,
    kind: 'list',
    schema: schemaOf('ModelPage'),
    example: examples.page,
    errors: [503],
  },
  '/v1/models/:model_id': {
    id: 'getModel',
    summary: 'One model, by its id or an alias',
    description: 'An alias gives the model that it stands for, with its own id.',
    parameters: [path('model_id', 'An id or an alias.', 'claude-haiku-4-5')],
    type: json,
    kind: 'model',
    schema: schemaOf('Model'),
    example: examples.model,
    errors: [404, 503],
    otherwise: { 404: { kind: 'missingData', type: json, schema: schemaOf('Error') } },
  },
  '/v1/changes': {
    id: 'listChanges',
    summary: 'What happened to the models, newest first',
    description:
      'To follow without missing any: keep the `id` of the newest change that you know, and ask with it as `before_id`; go on with `first_id` while `has_more`. An empty page means that there is nothing new: keep your cursor. 410 means that it is older than the history.',
    parameters: [...paging(examples.change.id), since],
    type: json,
    kind: 'list',
    schema: schemaOf('ChangePage'),
    example: examples.changes,
    errors: [410, 503],
  },
  '/v1/lifecycle': {
    id: 'getLifecycle',
    summary:
      'Every model, also the retired ones, with its dates, and every alias, also the past ones',
    description: 'Its bytes change only when something in it does.',
    type: json,
    kind: 'data',
    schema: schemaOf('Lifecycle'),
    example: examples.lifecycle,
    errors: [503],
  },
  '/v1/lines': {
    id: 'listLines',
    summary: 'The lines, each with the id of its newest active model',
    description: 'By the release, and not by what an id looks like. A name of a line is no alias.',
    type: json,
    kind: 'data',
    schema: schemaOf('Lines'),
    example: examples.lines,
    errors: [503],
  },
  '/v1/lines/:line': {
    id: 'getLine',
    summary: 'The newest active model of a line',
    description:
      'As `/v1/models/{model_id}` gives it. A 404 names the lines in `error.details.lines`.',
    parameters: [path('line', 'A line, as models name it.', 'haiku')],
    type: json,
    kind: 'model',
    schema: schemaOf('Model'),
    example: examples.model,
    errors: [404, 503],
    otherwise: { 404: { kind: 'missingData', type: json, schema: schemaOf('Error') } },
  },
  '/v1/compare/:from/:to': {
    id: 'getComparison',
    summary: 'What changes for somebody who moves from one model to the other',
    description:
      'As far as the data tells: `not_told` names what may differ, too. Retired models, aliases and past aliases are understood.',
    parameters: [
      path('from', 'An id, an alias or a past alias.', 'claude-haiku-4-5'),
      path('to', 'Likewise.', 'claude-haiku-5-5'),
    ],
    type: json,
    kind: 'data',
    schema: schemaOf('Comparison'),
    example: examples.comparison,
    errors: [404, 503],
    otherwise: { 404: { kind: 'missingData', type: json, schema: schemaOf('Error') } },
  },
  '/changes.atom': {
    id: 'getAtomFeed',
    summary: 'The newest 100 changes as an Atom feed',
    description: 'An entry for each change; a date that moves is a new entry.',
    type: 'application/atom+xml; charset=utf-8',
    kind: 'data',
    schema: text,
    errors: [503],
  },
  '/changes.json': {
    id: 'getJsonFeed',
    summary: 'The same as JSON Feed 1.1',
    type: 'application/feed+json',
    kind: 'data',
    schema: schemaOf('JsonFeed'),
    errors: [503],
  },
  '/retirements.ics': {
    id: 'getCalendar',
    summary: 'The retirements as a calendar to subscribe to',
    description:
      'An event of a whole day for each: it moves with its date, and is cancelled where the date is withdrawn. Alarms 30 and 7 days before.',
    parameters: [
      query(
        'model',
        { ...text, minLength: 1, maxLength: 256 },
        'Only this model: its id, an alias (the model that it stands for now) or a past alias. Without an announced end it has no event yet.',
        'claude-haiku-4-5',
      ),
    ],
    type: 'text/calendar; charset=utf-8',
    kind: 'data',
    schema: text,
    errors: [404, 503],
    otherwise: { 404: { kind: 'missingData', type: json, schema: schemaOf('Error') } },
  },
  '/badge/:id.json': {
    id: 'getBadge',
    summary: 'How long a model has left, as a badge that shields.io draws',
    description: 'A name that nobody knows has a badge that says so.',
    parameters: [path('id', 'An id, an alias or a past alias.', 'claude-haiku-4-5')],
    type: json,
    kind: 'today',
    schema: schemaOf('Badge'),
    example: examples.badge,
    errors: [503],
  },
  '/health': {
    id: 'getHealth',
    summary: 'How old the data is, and how syncs fail if they do',
    description: '503 only when there is nothing to serve.',
    type: json,
    kind: 'moment',
    schema: schemaOf('Health'),
    example: examples.health,
    errors: [503],
    otherwise: { 503: { kind: 'moment', type: json, schema: schemaOf('Health') } },
  },
  '/openapi.json': {
    id: 'getContract',
    summary: 'This document',
    type: json,
    kind: 'file',
    schema: {
      type: 'object',
      required: ['openapi', 'info', 'paths'],
      additionalProperties: true,
    },
    errors: [],
  },
  '/llms.txt': {
    id: 'getGuide',
    summary: 'How to use the service, for language models',
    type: 'text/plain; charset=utf-8',
    kind: 'file',
    schema: text,
    errors: [],
  },
  '/llms-full.txt': {
    id: 'getAllDocuments',
    summary: 'Every document of the project in one text, for language models',
    type: 'text/plain; charset=utf-8',
    kind: 'file',
    schema: text,
    errors: [404],
  },
  '/docs': {
    id: 'getDocuments',
    summary: 'What the project is, with the way to all its documents, as a page for people',
    type: 'text/html; charset=utf-8',
    kind: 'document',
    schema: text,
    errors: [404],
  },
  '/docs/:page': {
    id: 'getDocument',
    summary: 'One of the documents, as a page for people',
    parameters: [path('page', 'As `/docs` names it.', 'calling')],
    type: 'text/html; charset=utf-8',
    kind: 'document',
    schema: text,
    errors: [404],
  },
  '/': {
    id: 'getPage',
    summary: 'The same data as a page for people',
    type: 'text/html; charset=utf-8',
    kind: 'page',
    schema: text,
    errors: [503],
    otherwise: { 503: { kind: 'emptyPage', type: 'text/html; charset=utf-8', schema: text } },
  },
  '/models/:id': {
    id: 'getModelPage',
    summary: 'A model as a page for people, also one that is retired',
    parameters: [path('id', 'An id, an alias or a past alias.', 'claude-haiku-4-5')],
    type: 'text/html; charset=utf-8',
    kind: 'page',
    schema: text,
    errors: [404, 503],
    otherwise: { 404: { kind: 'missingPage', type: 'text/html; charset=utf-8', schema: text } },
  },
  '/compare/:from/:to': {
    id: 'getComparisonPage',
    summary: 'What changes from one model to another, as a page for people',
    parameters: [
      path('from', 'An id, an alias or a past alias.', 'claude-haiku-4-5'),
      path('to', 'Likewise.', 'claude-haiku-5-5'),
    ],
    type: 'text/html; charset=utf-8',
    kind: 'page',
    schema: text,
    errors: [404, 503],
    otherwise: { 404: { kind: 'missingPage', type: 'text/html; charset=utf-8', schema: text } },
  },
  '/robots.txt': {
    id: 'getRobots',
    summary: 'What search engines need not read',
    type: 'text/plain; charset=utf-8',
    kind: 'file',
    schema: text,
    errors: [],
  },
  '/widget.js': {
    id: 'getWidget',
    summary: 'The custom elements `<model-list>` and `<model-picker>`, the newest version',
    type: 'text/javascript; charset=utf-8',
    kind: 'file',
    schema: text,
    errors: [],
  },
  '/widget/:version/widget.js': {
    id: 'getPinnedWidget',
    summary: 'One version of the elements, in a file that never changes',
    parameters: [path('version', 'As the page at `/` shows it, with its hash.', '0.1.0-1ac3109a')],
    type: 'text/javascript; charset=utf-8',
    kind: 'pinned',
    schema: text,
    errors: [404],
  },
})

/** The paths are inferred, and what is said of them is not: a mistake is told where it is, and nowhere else. */
function byPath<Path extends string>(
  all: Readonly<Record<Path, Operation>>,
): Readonly<Record<Path, Operation>> {
  return all
}
