import { models } from '@models-edge/upstream/catalogue'
import { expect, test } from 'vitest'
import { KeeperWorld } from '../../test/world/keeper-world.ts'
import { Afterwards } from '../../test/world/platform.ts'
import { composeWorker } from '../compose.ts'

// What caches and clients expect of an origin. The ids are those of the public HTTP cache tests, or sections
// of RFCs: README.md of test/caching has what is not tested here, or is otherwise, and why.

const paths = [
  '/v1/models',
  '/v1/models?limit=2',
  `/v1/models/${models[0]!.id}`,
  '/v1/changes',
  '/v1/lifecycle',
  '/v1/lines',
  '/v1/lines/opus',
  `/v1/compare/${models[0]!.id}/${models[1]!.id}`,
]

type Headers = Readonly<Record<string, string>>

interface Sent {
  readonly method?: string
  readonly target?: string
  readonly headers?: Headers
}

interface Got {
  readonly status: number
  readonly body: string
  readonly headers: Headers
}

type Send = (sent: Sent) => Promise<Got>

async function started(): Promise<Send> {
  const world = new KeeperWorld(models)
  // HTTP's dates have whole seconds.
  world.clock.set('2026-11-20T12:00:00.999Z')
  const worker = composeWorker({ CATALOG: world.kv }, world.keeper, world.platform)
  await worker.tick()
  return async ({ target = '', ...init }) => {
    const request = new Request(`http://host${target}`, init)
    const response = await worker.respond(request, new Afterwards())
    const { headers, status } = response
    // Which no two answers need share.
    headers.delete('request-id')
    return { status, headers: Object.fromEntries(headers), body: await response.text() }
  }
}

/**
 * Sends it for each path, with what somebody has who has asked before: in values, TAG is the tag of the
 * plain answer, and DATE its date. What is no error must be that answer, or a 304 of it.
 */
async function check(sent: Sent, status: number): Promise<readonly Got[]> {
  const send = await started()
  const all: Got[] = []
  for (const target of paths) {
    const full = await send({ target })
    const headers = Object.entries(sent.headers ?? {}).map(([name, value]) => [
      name,
      filled(value, full),
    ])
    const got = await send({ target, ...sent, headers: Object.fromEntries(headers) as Headers })
    expect(got.status).toBe(status)
    if (status === 200 || status === 304) {
      expect(got.body).toBe(status === 304 || sent.method === 'HEAD' ? '' : full.body)
      const { 'content-type': type, ...others } = full.headers
      const length = sent.method === 'HEAD' && {
        'content-length': `${Buffer.byteLength(full.body)}`,
      }
      expect(got.headers).toEqual(status === 200 ? { ...full.headers, ...length } : others)
      expect(type).toBe('application/json')
    }
    all.push(got)
  }
  return all
}

function filled(value: string, { headers }: Got): string {
  const { etag = '', 'last-modified': changed = '' } = headers
  expect(etag).toMatch(/^"[0-9a-f-]+"$/)
  return value
    .replace('TAG', etag)
    .replace('DIGITS', etag.slice(1, -1))
    .replace(/DATE([+-]\d+)?/, (_, seconds = '0') =>
      new Date(Date.parse(changed) + Number(seconds) * 1000).toUTCString(),
    )
}

// The three forms of a date are in http-date.test.ts.
test.each([
  ['conditional-etag-strong-respond, conditional-304-etag', 'if-none-match', 'TAG', 304],
  ['conditional-etag-strong-respond-multiple-first', 'if-none-match', 'TAG, "a", "b"', 304],
  ['conditional-etag-strong-respond-multiple-second', 'if-none-match', '"a" , TAG ,"b"', 304],
  ['conditional-etag-strong-respond-multiple-last', 'if-none-match', '"a", "b", TAG', 304],
  ['conditional-etag-weak-respond', 'if-none-match', 'W/TAG', 304],
  ['conditional-etag-weak-respond-lowercase', 'if-none-match', 'w/TAG', 200],
  ['conditional-etag-weak-respond-backslash', 'if-none-match', String.raw`W\TAG`, 200],
  ['conditional-etag-weak-respond-omit-slash', 'if-none-match', 'WTAG', 200],
  ['conditional-etag-quoted-respond-unquoted', 'if-none-match', 'DIGITS', 200],
  ['RFC 9110, 8.8.3', 'if-none-match', '"W/DIGITS"', 200],
  ['RFC 9110, 13.1.2', 'if-none-match', '*', 304],
  ['RFC 9110, 13.1.2', 'if-none-match', '"a", "b"', 200],
  ['conditional-lm-fresh, conditional-lm-stale', 'if-modified-since', 'DATE', 304],
  ['conditional-lm-fresh-earlier', 'if-modified-since', 'DATE+1000', 304],
  ['RFC 9110, 13.1.3', 'if-modified-since', 'DATE-1', 200],
  ['RFC 9110, 13.1.3', 'if-modified-since', '2099-01-01T00:00:00Z', 200],
  ['partial-store-complete-reuse-partial', 'range', 'bytes=0-1', 200],
  ['partial-store-complete-reuse-partial-no-last', 'range', 'bytes=1-', 200],
  ['partial-store-complete-reuse-partial-suffix', 'range', 'bytes=-1', 200],
  ['other-authorization-public', 'authorization', 'Bearer x', 200],
  ['RFC 9110, 13.1.1 (otherwise)', 'if-match', '"a"', 200],
  ['RFC 9110, 13.1.4 (otherwise)', 'if-unmodified-since', 'DATE-5000', 200],
])('%s: %s: %s is answered %i', async (_, name, value, status) => {
  await check({ headers: { [name]: value } }, status)
})

const tag = { 'if-none-match': 'TAG' }
const noStore = { 'cache-control': 'no-store' }
const gone = { method: 'HEAD', target: '/v1/changes?before_id=chg_00000000000' }
const otherTag = { 'if-none-match': '"a"', 'if-modified-since': 'DATE+1' }
const missing = { target: '/v1/models/none', headers: { 'if-none-match': '*' } }

test.each<[id: string, Sent, number, expected?: Headers]>([
  ['conditional-etag-precedence', { headers: { ...tag, 'if-modified-since': 'DATE-5000' } }, 304],
  ['RFC 9110, 13.1.3', { headers: otherTag }, 200],
  ['head-writethrough, head-200-*', { method: 'HEAD' }, 200],
  ['head-410-update', gone, 410, { 'cache-control': 'public, max-age=60' }],
  ['method-POST', { method: 'POST' }, 405, noStore],
  ['RFC 9110, 13.2.1', { method: 'HEAD', headers: tag }, 304],
  ['RFC 9110, 13.2.1', { method: 'OPTIONS', headers: tag }, 204],
  ['RFC 9110, 13.2.1', missing, 404],
  ['RFC 9110, 15.5.6', { method: 'DELETE' }, 405, { allow: 'GET, HEAD, OPTIONS' }],
  ['RFC 9112, 3.2', { headers: { host: 'a/v1/models/none?' } }, 400, noStore],
])('%s: %j is answered %i', async (_, sent, status, expected = {}) => {
  for (const { headers } of await check(sent, status)) expect(headers).toMatchObject(expected)
})

test('stale-close-*, stale-sie-503: nothing forbids a stale answer in an outage', async () => {
  for (const { headers } of await check({}, 200)) {
    expect(headers['cache-control']).toMatch(/^public, .*stale-if-error=\d{5}/)
    expect(headers['cache-control']).not.toMatch(/(?:must|proxy)-revalidate|no-cache|s-maxage/)
  }
})
