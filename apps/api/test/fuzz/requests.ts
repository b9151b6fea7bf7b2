import * as fc from 'fast-check'
import type { Field, Sent } from './client.ts'

export interface Generated extends Sent {
  /** Whether the same URL is asked for again without the fields, to compare. */
  readonly twice: boolean
}

interface Known {
  readonly files: readonly string[]
  /** Of the contract, as the router writes them. */
  readonly paths: readonly string[]
  readonly names: readonly string[]
  readonly changeIds: readonly string[]
  /** Tags of answers that will be asked for. */
  readonly tags: readonly string[]
}

const text = fc.string({ unit: 'binary', maxLength: 20 })
const long = fc.integer({ min: 200, max: 16_000 }).map((length) => 'x'.repeat(length))

/** Any of these, each as often as it weighs. */
function oneOf<T>(...options: readonly (readonly [weight: number, fc.Arbitrary<T>])[]) {
  return fc.oneof(...options.map(([weight, arbitrary]) => ({ weight, arbitrary })))
}

/** A seed of a request's every part: mostly what the API knows, or nearly so. */
export function requests({ files, paths, names, changeIds, tags }: Known): fc.Arbitrary<Generated> {
  const known = fc.constantFrom(...names)
  const nearly = fc
    .tuple(known, fc.constantFrom('x', '-latest', ' ', '/', '%', '\0', '-20250101'), fc.boolean())
    .map(([name, more, upper]) => (upper ? name.toUpperCase() : name + more))
  const name = oneOf([4, known], [1, nearly], [1, text], [1, fc.constantFrom('..', '.')])
  const limit = fc.oneof(
    fc.integer({ min: -1, max: 60 }).map(String),
    fc.constantFrom('1000', '1001', '', '+5', ' 5', '5.0', '1e3', '0x10', '٣', '-0', '007', 'NaN'),
    fc.constant('9'.repeat(400)),
    text,
  )
  const lifecycle = oneOf(
    [5, fc.constantFrom('active', 'deprecated', 'retired')],
    [1, fc.constantFrom('Active', '', 'dormant', 'active,retired', 'null')],
  )
  const change = oneOf(
    [3, fc.constantFrom(...changeIds)],
    // Beside a change, from before all of them, from after all of them, and none at all.
    [1, fc.constantFrom(...changeIds).map((id) => beside(id))],
    [1, fc.constantFrom('chg_00000000000', 'chg_0000000000z', 'chg_zzzzzzzzzzz', 'chg_1', 'CHG_0')],
    [1, name],
  )
  const times = `2026-01-01T00:00:00Z|2025-06-01t12:00:00.123z|2026-06-01 00:00:00+02:00|
    2026-06-01T00:00:00 02:00|2099-01-01T00:00:00-11:30|2026-01-01|now||2026-13-01T00:00:00Z|1767225600`
  const since = fc.constantFrom(...times.split(/\|\s*/))
  const odd = fc.constantFrom('beta', 'Limit', 'limit[]', '__proto__', 'lifecycle[0]', 'x')
  const stray = fc.tuple(fc.oneof(text, odd), oneOf([9, text], [1, long]))
  const query = (cursor: fc.Arbitrary<string>): fc.Arbitrary<string> => {
    const parameter = oneOf(
      [3, pair('limit', limit)],
      [2, pair('after_id', cursor)],
      [2, pair('before_id', cursor)],
      [2, pair('lifecycle[]', lifecycle)],
      [1, pair('lifecycle', lifecycle)],
      [1, pair('since', since)],
      [1, stray],
    )
    return fc
      .array(fc.tuple(parameter, fc.nat(3)), { maxLength: 4 })
      .map((parts) => parts.map(([[key, value], way]) => `${key}=${spell(value, way)}`).join('&'))
      .map((joined) => (joined === '' ? '' : `?${joined}`))
  }
  const segments = `v1 models changes health . .. %2e%2e %2F Models
    % %zz %C3 %00 ..; x%0d%0aset-cookie:a=b a\\.. @evil.test`
  const segment = oneOf(
    [2, fc.constantFrom('', ...segments.split(/\s+/))],
    [1, text.map((one) => encodeURIComponent(one))],
  )
  const file = fc.constantFrom(...files, '/widget/0/widget.js', '/widget//widget.js')
  const named = fc.tuple(oneOf([9, name], [1, segment], [1, long]), fc.nat(4), query(name))
  const target = oneOf(
    [6, query(name).map((asked) => `/v1/models${asked}`)],
    [3, query(change).map((asked) => `/v1/changes${asked}`)],
    [6, named.map(([one, way, asked]) => `/v1/models/${spell(one, way)}${asked}`)],
    [3, fc.tuple(file, query(name)).map((parts) => parts.join(''))],
    [1, fc.tuple(fc.constantFrom(...paths), known, query(name)).map(atPath)],
    [3, fc.array(segment, { maxLength: 6 }).map((all) => `/${all.join('/')}`)],
    [1, fc.constantFrom('/v1/models#?limit=0', '/v1/models?', '/?', '/v1/models;')],
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

/** What the reference does not know, the service must not have. */
function atPath([path, name, asked]: readonly [string, string, string]): string {
  return path.replace(/:\w+/g, encodeURIComponent(name)) + asked
}

/** The cursor of the position just before a change's own. */
function beside(id: string): string {
  const position = Number.parseInt(id.slice('chg_'.length), 36) - 1
  return `chg_${position.toString(36).padStart(11, '0')}`
}

function pair(field: string, value: fc.Arbitrary<string>): fc.Arbitrary<Field> {
  return value.map((one) => [field, one] as const)
}

const methods = oneOf(
  [12, fc.constant('GET')],
  [2, fc.constantFrom('HEAD', 'OPTIONS')],
  [1, fc.constantFrom('POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PURGE', 'PROPFIND')],
)

const hosts = oneOf(
  [20, fc.constant('models.test')],
  [1, fc.constantFrom('evil.test:8080', 'EVIL', '[::1]:1', 'a:99999', '[', 'a%00', "a!$&'()*+,;=")],
  [1, fc.constantFrom('a/v1/models/none?', '/v1/changes?', 'a b', 'u:p@a', '#', 'a\\b', '<a>')],
)

/** What some server or cache somewhere takes for more than it is. */
const hostile: readonly Field[] = `
  x-http-method-override: DELETE | x-forwarded-host: evil.test | x-forwarded-proto: gopher
  x-original-url: /health | x-rewrite-url: /nowhere | forwarded: host=evil.test;proto=ftp
  range: bytes=0-9 | if-range: "x" | if-match: "x"
  if-unmodified-since: Thu, 01 Jan 1970 00:00:00 GMT | authorization: Bearer sk-ant-of-a-client
  x-api-key: sk-ant-of-a-client | cookie: a=b | accept: text/html;q=1
  accept-encoding: br, gzip, deflate, zstd | anthropic-version: soon | anthropic-beta: x,y
  cache-control: no-cache, no-store, only-if-cached
  content-type: application/x-www-form-urlencoded | content-encoding: gzip | origin: null
  referer: https://evil.test/?<script> | access-control-request-method: DELETE
  access-control-request-headers: authorization, x-a | access-control-request-headers: x-<b>
  upgrade: websocket | x-stand-in-fault: fault=empty-list`
  .trim()
  .split(/\s*[|\n]\s*/)
  .map((line) => line.split(': ') as [string, string])
  .concat([['x-shared', 'x'.repeat(8000)]])

function fields(tags: readonly string[]): fc.Arbitrary<readonly Field[]> {
  const tag = fc.constantFrom(...tags, '"x"', 'W/"y"', '"', '', '"a,b"', 'w/"z"')
  const list = fc
    .array(fc.tuple(tag, fc.boolean()), { minLength: 1, maxLength: 3 })
    .map((all) => all.map(([one, weak]) => (weak ? `W/${one}` : one)).join(', '))
    // The runtime does not hand on a field without a value.
    .filter((joined) => joined !== '')
  const tagged = oneOf([1, fc.constant('*')], [4, list])
  const dates = [0, 1e12, 2e12, 4e12].map((ms) => new Date(ms).toUTCString())
  const since = fc.constantFrom(...dates, 'yesterday', '2099-01-01', '1 Jan 2099 GMT')
  const token = fc
    .string({ unit: fc.constantFrom(...Array.from('abcXYZ019-_.!~')), minLength: 1, maxLength: 12 })
    .filter((name) => !/^(?:te|host|connection)$/i.test(name))
  const value = fc
    .string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) })
    .map((one) => one.replaceAll('\x7f', '\t'))
  const field = oneOf<Field>(
    [8, fc.constantFrom(...hostile)],
    [3, fc.tuple(token, value)],
    [2, pair('if-none-match', tagged)],
    [1, pair('If-Modified-Since', since)],
  )
  const crowd = fc
    .integer({ min: 10, max: 95 })
    .map((count) => Array.from({ length: count }, (_, n): Field => [`x-${n}`, 'y'.repeat(1000)]))
  return oneOf([60, fc.array(field, { maxLength: 5 })], [1, crowd])
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
