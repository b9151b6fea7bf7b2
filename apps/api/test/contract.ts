import { createHash } from 'node:crypto'
import { type Schema, Validator } from '@cfworker/json-schema'
import { openapi } from '../src/contract/openapi.ts'
import { operations } from '../src/contract/operations.ts'

/** An answer, with what was asked for. */
interface Answered {
  readonly method: string
  readonly url: string
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

interface DocumentedHeader {
  readonly required: boolean
  readonly schema: Schema
}

interface Documented {
  readonly headers: Readonly<Record<string, DocumentedHeader | { readonly $ref: string }>>
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>
}

type Responses = Readonly<Record<string, Documented | { readonly $ref: string }>>
type Item = { readonly get: { readonly responses: Responses } }

const { components } = openapi
const paths = openapi.paths as Readonly<Record<string, Item>>
const patterns = Object.keys(operations).map((path) => ({
  item: paths[path.replace(/:(\w+)/g, '{$1}')]!,
  pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`),
}))

/** What an answer has that the contract does not say, and the other way round. */
export function departures(answered: Answered): readonly string[] {
  const { body, headers, method, status, url } = answered
  const name = `${method} ${url} → ${status}`
  const response = documented(answered)
  if (!response) return [`${name}: no such answer is documented`]
  const bodiless = method === 'HEAD' || status === 204 || status === 304
  return [
    ...headerDepartures(response, answered),
    ...(bodiless ? (body === '' ? [] : ['a body']) : bodyDepartures(response, headers, body)),
  ].map((departure) => `${name}: ${departure}`)
}

function documented({ method, status, url }: Answered): Documented | undefined {
  const { pathname } = new URL(url)
  const item = patterns.find(({ pattern }) => pattern.test(pathname))?.item
  // In words, at the head of the document.
  if (method === 'OPTIONS') return status === 204 ? named('Preflight') : undefined
  if (!['GET', 'HEAD'].includes(method)) return status === 405 ? named('Error405') : undefined
  if (!item) return [400, 404].includes(status) ? named(`Error${status}`) : undefined
  const response = item.get.responses[status]
  return response && '$ref' in response
    ? named(response.$ref.replace('#/components/responses/', ''))
    : response
}

function named(name: string): Documented | undefined {
  return (components.responses as Readonly<Record<string, Documented>>)[name]
}

/** What HTTP itself needs, or a server on the way puts in. */
const ofTransport =
  /^(connection|content-encoding|content-length|content-type|date|keep-alive|transfer-encoding)$/

function headerDepartures(response: Documented, { headers, status }: Answered): string[] {
  const all = components.headers as unknown as Readonly<Record<string, DocumentedHeader>>
  const known = Object.entries(response.headers).flatMap(([name, header]) => {
    const { required, schema } = '$ref' in header ? all[name]! : header
    const value = headers.get(name)
    if (value === null) return required ? [`${name} is missing`] : []
    return invalid(schema, value, name)
  })
  const ofAll = status === 304 ? /^(connection|date|keep-alive)$/ : ofTransport
  const strangers = [...headers.keys()].filter(
    (name) => !(name in response.headers) && !ofAll.test(name),
  )
  return [...known, ...strangers.map((name) => `${name} is not documented here`)]
}

function bodyDepartures({ content }: Documented, headers: Headers, body: string): string[] {
  const type = headers.get('content-type') ?? ''
  const schema = content?.[type]?.schema
  if (!schema) return [`content type ${type} is not documented`]
  return invalid(schema, body, 'body', /\bjson$/.test(type) ? JSON.parse : undefined)
}

interface Checked {
  readonly validator: Validator
  /** What has been found to be as the schema says: most is served many times. */
  readonly fine: Set<string>
}

const checked = new Map<Schema, Checked>()

function invalid(
  schema: Schema,
  text: string,
  name: string,
  read: (text: string) => unknown = String,
): string[] {
  const { fine, validator } = checked.get(schema) ?? {
    fine: new Set(),
    validator: new Validator({ ...schema, components }, '2020-12', false),
  }
  checked.set(schema, { fine, validator })
  const key = text.length < 100 ? text : createHash('sha1').update(text).digest('base64')
  if (fine.has(key)) return []
  const { errors } = validator.validate(read(text))
  if (errors.length === 0) fine.add(key)
  return errors.map(({ error, instanceLocation }) => `${name} ${instanceLocation}: ${error}`)
}
