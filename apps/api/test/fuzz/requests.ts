import * as fc from 'fast-check'
import type { Field, Sent } from './client.ts'

export interface Generated extends Sent {
  /** Whether the same URL is asked for again without the fields, to compare. */
  readonly twice: boolean
}

interface Known {
  readonly files: readonly string[]
  readonly names: readonly string[]
  readonly changeIds: readonly string[]
  /** Tags of answers that will be asked for. */
  readonly tags: readonly string[]
}

const text = fc.string({ unit: 'binary', maxLength: 20 })
const long = fc.integer({ min: 200, max: 16_000 }).map((length) => 'x'.repeat(length))

/** A seed of a request's every part: mostly what the API knows, or nearly so. */
export function requests({ files, names, changeIds, tags }: Known): fc.Arbitrary<Generated> {
  const known = fc.constantFrom(...names)
  const nearly = fc
    .tuple(known, fc.constantFrom('x', '-latest', ' ', '/', '%', '\0', '-20250101'), fc.boolean())
    .map(([name, more, upper]) => (upper ? name.toUpperCase() : name + more))
  const name = fc.oneof({ weight: 4, arbitrary: known }, nearly, text, fc.constantFrom('..', '.'))
  const limit = fc.oneof(
    fc.integer({ min: -1, max: 60 }).map(String),
    fc.constantFrom('1000', '1001', '', '+5', ' 5', '5.0', '1e3', '0x10', '٣', '-0', '007', 'NaN'),
    fc.constant('9'.repeat(400)),
    text,
  )
  const lifecycle = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('active', 'deprecated', 'retired') },
    fc.constantFrom('Active', '', 'dormant', 'active,retired', 'null'),
  )
  const change = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...changeIds) },
    // Beside a change, from before all of them, from after all of them, and none at all.
    fc.constantFrom(...changeIds).map((id) => beside(id)),
    fc.constantFrom('chg_00000000000', 'chg_0000000000z', 'chg_zzzzzzzzzzz', 'chg_1', 'CHG_0'),
    name,
  )
  const since = fc.constantFrom(
    '2026-01-01T00:00:00Z',
    '2025-06-01t12:00:00.123z',
    '2026-06-01 00:00:00+02:00',
    '2026-06-01T00:00:00 02:00',
    '2099-01-01T00:00:00-11:30',
    '2026-01-01',
    'now',
    '',
    '2026-13-01T00:00:00Z',
    '1767225600',
  )
  const stray = fc.tuple(
    fc.oneof(text, fc.constantFrom('beta', 'Limit', 'limit[]', '__proto__', 'lifecycle[0]', 'x')),
    fc.oneof({ weight: 9, arbitrary: text }, long),
  )
  const query = (cursor: fc.Arbitrary<string>): fc.Arbitrary<string> => {
    const parameter = fc.oneof(
      { weight: 3, arbitrary: pair('limit', limit) },
      { weight: 2, arbitrary: pair('after_id', cursor) },
      { weight: 2, arbitrary: pair('before_id', cursor) },
      { weight: 2, arbitrary: pair('lifecycle[]', lifecycle) },
      pair('lifecycle', lifecycle),
      pair('since', since),
      stray,
    )
    return fc
      .array(fc.tuple(parameter, fc.nat(3)), { maxLength: 4 })
      .map((parts) => parts.map(([[key, value], way]) => `${key}=${spell(value, way)}`).join('&'))
      .map((joined) => (joined === '' ? '' : `?${joined}`))
  }
  const segment = fc.oneof(
    fc.constantFrom('v1', 'models', 'changes', 'health', '', '.', '..', '%2e%2e', '%2F', 'Models'),
    fc.constantFrom(
      '%',
      '%zz',
      '%C3',
      '%00',
      '..;',
      'x%0d%0aset-cookie:a=b',
      'a\\..',
      '@evil.test',
    ),
    text.map((one) => encodeURIComponent(one)),
  )
  const target = fc.oneof(
    { weight: 6, arbitrary: query(name).map((asked) => `/v1/models${asked}`) },
    { weight: 3, arbitrary: query(change).map((asked) => `/v1/changes${asked}`) },
    {
      weight: 6,
      arbitrary: fc
        .tuple(fc.oneof({ weight: 9, arbitrary: name }, segment, long), fc.nat(4), query(name))
        .map(([one, way, asked]) => `/v1/models/${spell(one, way)}${asked}`),
    },
    { weight: 1, arbitrary: query(name).map((asked) => `/health${asked}`) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...files, '/widget/0/widget.js', '/widget//widget.js'), query(name))
        .map((parts) => parts.join('')),
    },
    { weight: 3, arbitrary: fc.array(segment, { maxLength: 6 }).map((all) => `/${all.join('/')}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('/v1/models#?limit=0', '/v1/models?', '/?', '/v1/models;'),
    },
  )
  return fc.record({
    method: methods,
    target: target.map(sendable),
    host: hosts,
    fields: fields(tags),
    body: fc.option(fc.string({ maxLength: 2000 }), { freq: 8, nil: undefined }),
    twice: fc.nat(2).map((one) => one === 0),
  })
}

/** The cursor of the position just before a change's own. */
function beside(id: string): string {
  const position = Number.parseInt(id.slice('chg_'.length), 36) - 1
  return `chg_${position.toString(36).padStart(11, '0')}`
}

function pair(field: string, value: fc.Arbitrary<string>): fc.Arbitrary<Field> {
  return value.map((one) => [field, one] as const)
}

const methods = fc.oneof(
  { weight: 12, arbitrary: fc.constant('GET') },
  { weight: 2, arbitrary: fc.constantFrom('HEAD', 'OPTIONS') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PURGE', 'PROPFIND'),
  },
)

const hosts = fc.oneof(
  { weight: 20, arbitrary: fc.constant('models.test') },
  fc.constantFrom(
    'evil.test:8080',
    'EVIL',
    '[::1]:1',
    'a:99999',
    '[',
    'a%00',
    '..',
    "a!$&'()*+,;=",
  ),
  fc.constantFrom('a/v1/models/none?', '/v1/changes?', 'a b', 'u:p@a', '#', '?', 'a\\b', '<a>'),
)

/** What some server or cache somewhere takes for more than it is. */
export const hostile: readonly Field[] = [
  ['x-http-method-override', 'DELETE'],
  ['x-method-override', 'POST'],
  ['x-forwarded-host', 'evil.test'],
  ['x-forwarded-proto', 'gopher'],
  ['x-forwarded-prefix', '//evil.test'],
  ['x-original-url', '/health'],
  ['x-rewrite-url', '/nowhere'],
  ['forwarded', 'host=evil.test;proto=ftp'],
  ['range', 'bytes=0-9'],
  ['if-range', '"x"'],
  ['if-match', '"x"'],
  ['if-unmodified-since', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ['authorization', 'Bearer sk-ant-of-a-client'],
  ['x-api-key', 'sk-ant-of-a-client'],
  ['cookie', 'a=b'],
  ['accept', 'text/html;q=1'],
  ['accept-encoding', 'br, gzip, deflate, zstd'],
  ['accept-language', 'de'],
  ['anthropic-version', 'soon'],
  ['anthropic-beta', 'x,y'],
  ['cache-control', 'no-cache, no-store, only-if-cached'],
  ['pragma', 'no-cache'],
  ['content-type', 'application/x-www-form-urlencoded'],
  ['content-encoding', 'gzip'],
  ['origin', 'null'],
  ['referer', 'https://evil.test/?<script>'],
  ['access-control-request-method', 'DELETE'],
  ['access-control-request-headers', 'authorization, x-a'],
  ['access-control-request-headers', 'x-<b>'],
  ['upgrade', 'websocket'],
  ['sec-fetch-mode', 'cors'],
  ['x-stand-in-fault', 'fault=empty-list'],
  ['x-shared', 'x'.repeat(8000)],
]

function fields(tags: readonly string[]): fc.Arbitrary<readonly Field[]> {
  const tag = fc.oneof(
    fc.constantFrom(...tags),
    fc.constantFrom('"x"', 'W/"y"', '"', '', '"a,b"', 'w/"z"'),
  )
  const tagged = fc.oneof(
    { weight: 1, arbitrary: fc.constant('*') },
    {
      weight: 4,
      arbitrary: fc
        .array(fc.tuple(tag, fc.boolean()), { minLength: 1, maxLength: 3 })
        .map((all) => all.map(([one, weak]) => (weak ? `W/${one}` : one)).join(', '))
        // The runtime does not hand on a field without a value.
        .filter((joined) => joined !== ''),
    },
  )
  const dates = fc.constantFrom(0, 1e12, 2e12, 4e12).map((ms) => new Date(ms).toUTCString())
  const since = fc.oneof(dates, fc.constantFrom('yesterday', '2099-01-01', '1 Jan 2099 GMT'))
  const token = fc
    .string({ unit: fc.constantFrom(...Array.from('abcXYZ019-_.!~')), minLength: 1, maxLength: 12 })
    .filter((name) => !/^(?:te|host|connection)$/i.test(name))
  const value = fc
    .string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) })
    .map((one) => one.replaceAll('\x7f', '\t'))
  const field: fc.Arbitrary<Field> = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...hostile) },
    { weight: 3, arbitrary: fc.tuple(token, value) },
    { weight: 2, arbitrary: tagged.map((one) => ['if-none-match', one] as const) },
    { weight: 1, arbitrary: since.map((one) => ['If-Modified-Since', one] as const) },
  )
  const crowd = fc
    .integer({ min: 10, max: 95 })
    .map((count) => Array.from({ length: count }, (_, n): Field => [`x-${n}`, 'y'.repeat(1000)]))
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 60, arbitrary: fc.array(field, { maxLength: 5 }) },
    { weight: 1, arbitrary: crowd },
  )
}

/** One text in the spellings of different clients. */
function spell(value: string, way: number): string {
  if (way === 0) return value.replace(/[%&#+?/\\]/g, (char) => encodeURIComponent(char))
  if (way === 1) return new URLSearchParams([['', value]]).toString().slice(1)
  if (way === 2) return encodeURIComponent(encodeURIComponent(value))
  if (way === 3) return encodeURIComponent(value)
  // As it is, also what is no spelling of anything; but what ends a path or a query would be another one.
  return value.replace(/[&#+?/\\]/g, (char) => encodeURIComponent(char))
}

/** What no server lets through to the Worker is encoded, and the rest is left as raw as it is. */
function sendable(target: string): string {
  return target.replace(/[\0- "<>`{}|^\x7f]|\p{Cc}/gu, (char) => encodeURIComponent(char))
}
