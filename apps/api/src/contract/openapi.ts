import { examples } from './examples.ts'
import { hasTag, headers, headersOf, type Kind } from './headers.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations.ts'
import { schemas } from './schemas.ts'

const failures = {
  400: ['refused', 'The request cannot be understood.'],
  404: ['missing', 'There is no such thing.'],
  410: ['missingData', 'The cursor is older than the history: changes behind it are missing.'],
  405: ['method', 'The service is read-only.'],
  500: ['moment', 'The service failed.'],
  503: ['unavailable', 'There is nothing to serve yet.'],
} as const satisfies Readonly<Record<number, readonly [Kind, string]>>

type Status = keyof typeof failures

const errorSchema = { $ref: '#/components/schemas/Error' }

const validators = [
  { $ref: '#/components/parameters/IfNoneMatch' },
  { $ref: '#/components/parameters/IfModifiedSince' },
]

/** The contract of the public API, as an OpenAPI 3.1 document. */
export const openapi = {
  openapi: '3.1.1',
  info: {
    title: 'models-edge',
    version: '1.0.0',
    summary: "A public, keyless copy of Anthropic's Models API",
    description:
      'Every path answers for every origin and without a key; what is sent as a key is not looked at. What is written here of GET holds for HEAD, too, which answers with the headers alone. OPTIONS answers with `Preflight`, any other method with `Error405`, any other path with `Error404`. Errors have the shape of Anthropic’s.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: '/', description: 'Where this document comes from.' }],
  security: [],
  paths: Object.fromEntries(
    Object.entries<Operation>(operations).map(([path, operation]) => [
      path.replace(/:(\w+)/g, '{$1}'),
      pathItem(operation),
    ]),
  ),
  components: {
    schemas,
    headers,
    parameters: {
      IfNoneMatch: validator(
        'If-None-Match',
        'Tags of answers that the client has: 304 if one is this one’s.',
      ),
      IfModifiedSince: validator(
        'If-Modified-Since',
        'Counts where there is no tag and the answer has a date.',
      ),
    },
    responses: {
      Preflight: {
        description: 'What may be asked: anything. The status is 204.',
        headers: headersOf('preflight'),
      },
      ...Object.fromEntries(
        (Object.keys(failures) as unknown as Status[]).map((status) => [
          `Error${status}`,
          failure(status),
        ]),
      ),
    },
  },
}

function validator(name: string, description: string): object {
  return { name, in: 'header', schema: { type: 'string' }, description }
}

function pathItem({ parameters, ...operation }: Operation): object {
  const { id, summary, description, kind, errors } = operation
  const has304 = hasTag(kind)
  const ok = { description: summary, headers: headersOf(kind), content: contentOf(operation) }
  return {
    ...(parameters && { parameters }),
    get: {
      operationId: id,
      summary,
      ...(has304 && { parameters: validators }),
      ...(description && { description }),
      responses: {
        200: ok,
        ...(has304 && {
          304: { description: 'Nothing new since then.', headers: headersOf(kind) },
        }),
        ...Object.fromEntries(
          [400, ...errors, 500].map((status) => [status, errorOf(operation, status as Status)]),
        ),
      },
    },
  }
}

function contentOf({ type, schema, example }: Operation): object {
  return { [type]: { schema, ...(example !== undefined && { example }) } }
}

function errorOf({ otherwise }: Omit<Operation, 'parameters'>, status: Status): object {
  const other = status === 404 || status === 503 ? otherwise?.[status] : undefined
  if (!other) return { $ref: `#/components/responses/Error${status}` }
  const { kind, type, schema } = other
  const [, description] = failures[status]
  return { description, headers: headersOf(kind), content: { [type]: { schema } } }
}

function failure(status: Status): object {
  const [kind, description] = failures[status]
  const content = { 'application/json': { schema: errorSchema, example: examples[status] } }
  return { description, headers: headersOf(kind), content }
}
