import { isDeepStrictEqual } from 'node:util'
import { has304 } from './conditions.ts'
import type { Got, Sent } from './client.ts'
import { type Expected, tagOf } from './reference.ts'

/** What of an answer is compared with what. */
type Claim = readonly [what: string, actual: unknown, wanted: unknown]

type Of<Kind extends Expected['kind']> = Extract<Expected, { readonly kind: Kind }>

const ALWAYS = [
  'access-control-allow-origin',
  'access-control-expose-headers',
  'cache-control',
  'cross-origin-resource-policy',
  'request-id',
  'timing-allow-origin',
]
const OF_BODY = ['content-length', 'content-type']
const OF_SNAPSHOT = ['cache-status', 'x-synced-at']
const DATA = 'public, max-age=60, stale-while-revalidate=600, stale-if-error=86400'
const HEALTH = [
  'status',
  'synced_at',
  'age_seconds',
  'sync_period_seconds',
  'models',
  'last_failure',
]

/** What an answer has that the contract does not say, or has not although the contract says it. */
export function differences(
  sent: Sent,
  got: Got,
  expected: Expected,
  names: readonly string[],
): readonly string[] {
  return [...ofEvery(got), ...ofKind(sent, got, expected, names)].flatMap(
    ([what, actual, wanted]) =>
      isDeepStrictEqual(actual, wanted)
        ? []
        : `${sent.method} ${brief(sent.target)}: ${what}: ${brief(actual)}, not ${brief(wanted)}`,
  )
}

function ofEvery(got: Got): readonly Claim[] {
  return [
    ['access-control-allow-origin', got.fields.get('access-control-allow-origin'), '*'],
    ['request-id', /^req_[1-9A-HJ-NP-Za-km-z0]{24}$/.test(field(got, 'request-id')), true],
  ]
}

function ofKind(
  sent: Sent,
  got: Got,
  expected: Expected,
  names: readonly string[],
): readonly Claim[] {
  if (expected.kind === 'preflight') return ofPreflight(sent, got)
  if (expected.kind === 'health') return ofHealth(sent, got)
  if (expected.kind === 'file') return ofFile(sent, got, expected)
  if (expected.kind === 'error') return ofError(sent, got, expected, names)
  return ofData(sent, got, expected)
}

function ofPreflight({ fields }: Sent, got: Got): readonly Claim[] {
  const named = fields.filter(([name]) => name === 'access-control-request-headers')
  const asked = named.map(([, value]) => value).join(', ')
  const granted = /^[\w!#$%&'*+.^`|~, \t-]{1,4096}$/.test(asked) ? asked : undefined
  const further = ['access-control-allow-methods', 'access-control-max-age', 'allow']
  if (granted !== undefined) further.push('access-control-allow-headers')
  return [
    ...ofHead(got, 204, 'no-store', further),
    ['granted', got.fields.get('access-control-allow-headers'), granted],
    ['body', got.body, ''],
  ]
}

function ofHealth(sent: Sent, got: Got): readonly Claim[] {
  return [
    ...ofHead(got, 200, 'no-store', [...OF_BODY, 'x-content-type-options']),
    ['body', sent.method === 'HEAD' ? HEALTH : Object.keys(parsed(got)), HEALTH],
  ]
}

function ofError(
  sent: Sent,
  got: Got,
  { status, messages, cacheable, wanted, newest }: Of<'error'>,
  names: readonly string[],
): readonly Claim[] {
  const further = [...OF_BODY, 'x-content-type-options']
  if (status === 404 || status === 410) further.push('x-should-retry')
  if (status === 405) further.push('allow')
  if (wanted !== undefined || newest !== undefined) further.push(...OF_SNAPSHOT)
  const head = ofHead(got, status, cacheable ? 'public, max-age=60' : 'no-store', further)
  if (sent.method === 'HEAD') return [...head, ['body', got.body, '']]

  const { error = {}, ...envelope } = parsed(got)
  const { message, details = {}, ...type } = error as Readonly<Record<string, unknown>>
  const { suggestions = [], ...others } = details as { readonly suggestions?: readonly string[] }
  const near = suggestions.length <= 3 && suggestions.every((name) => names.includes(name))
  const isGone = status === 404 || status === 410
  const kind = isGone ? 'not_found_error' : 'invalid_request_error'
  return [
    ...head,
    ...ofBody(sent, got, Buffer.byteLength(got.body)),
    ['envelope', envelope, { type: 'error', request_id: field(got, 'request-id') }],
    ['type', type, { type: kind }],
    ['one of the messages', messages.includes(String(message)), true],
    ['details', others, newest === undefined ? {} : { newest_id: newest }],
    ['suggestions', near && (wanted !== undefined || suggestions.length === 0), true],
  ]
}

function ofFile(sent: Sent, got: Got, { file }: Of<'file'>): readonly Claim[] {
  const { body, further, policy, type } = file
  const tag = tagOf(body)
  const full = !(has304(sent, tag, '') ?? got.status === 304)
  const names = [...further, 'etag', 'x-content-type-options', ...(full ? OF_BODY : [])]
  return [
    ...ofHead(got, full ? 200 : 304, policy, names),
    ...(full ? ofBody(sent, got, Buffer.byteLength(body), type) : []),
    ['etag', field(got, 'etag'), tag],
    ['body', got.body, full && sent.method === 'GET' ? body : ''],
  ]
}

function ofData(sent: Sent, got: Got, { body, links, model }: Of<'data'>): readonly Claim[] {
  const tag = tagOf(body)
  const full = !(has304(sent, tag, field(got, 'last-modified')) ?? got.status === 304)
  const deprecated = Date.parse(model?.deprecated_at ?? '')
  const retires = Date.parse(model?.retires_at ?? '')
  const deprecation = Number.isNaN(deprecated) ? undefined : `@${Math.floor(deprecated / 1000)}`
  const sunset = Number.isNaN(retires) ? undefined : new Date(retires).toUTCString()
  const further = [...OF_SNAPSHOT, 'etag', 'last-modified', 'x-content-type-options']
  if (full) further.push(...OF_BODY)
  if (Object.keys(links).length > 0) further.push('link')
  if (deprecation !== undefined) further.push('deprecation')
  if (sunset !== undefined) further.push('sunset')
  return [
    ...ofHead(got, full ? 200 : 304, DATA, further),
    ...(full ? ofBody(sent, got, Buffer.byteLength(body)) : []),
    ['etag', field(got, 'etag'), tag],
    ['links', linksOf(field(got, 'link')), links],
    ['deprecation', got.fields.get('deprecation'), deprecation],
    ['sunset', got.fields.get('sunset'), sunset],
    ['body', got.body, full && sent.method === 'GET' ? body : ''],
  ]
}

/** Status, policy, and that there is no field but these. */
function ofHead(
  got: Got,
  status: number,
  policy: string,
  further: readonly string[],
): readonly Claim[] {
  // The runtime's own: whether it keeps the connection.
  const names = [...got.fields.keys()].filter((name) => name !== 'connection')
  return [
    ['status', got.status, status],
    ['cache-control', field(got, 'cache-control'), policy],
    ['fields', names.toSorted(), [...ALWAYS, ...further].toSorted()],
  ]
}

function ofBody(sent: Sent, got: Got, length: number, type = 'application/json'): readonly Claim[] {
  return [
    ['content-type', field(got, 'content-type'), type],
    ['content-length', field(got, 'content-length'), String(length)],
    ['length', Buffer.byteLength(got.body), sent.method === 'HEAD' ? 0 : length],
  ]
}

function field({ fields }: Got, name: string): string {
  return fields.get(name) ?? ''
}

function linksOf(link: string): Readonly<Record<string, string>> {
  const parts = link.matchAll(/<\/v1\/(?:models|changes)\?([^>]+)>; rel="(next|prev)"/g)
  return Object.fromEntries([...parts].map(([, query = '', relation = '']) => [relation, query]))
}

function parsed({ body }: Got): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body) as Readonly<Record<string, unknown>>
  } catch {
    return {}
  }
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 300 ? `${text.slice(0, 150)} … ${text.slice(-150)}` : text
}
