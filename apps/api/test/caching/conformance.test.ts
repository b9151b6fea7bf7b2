import { models } from '@models-edge/upstream/catalogue'
import { beforeAll, expect, test } from 'vitest'
import { type Client, type Got, type Sent, startClient } from '../fuzz/client.ts'
import { startService } from '../started/service.ts'

// What caches and clients expect of an origin. The ids are those of the public HTTP cache tests, or sections
// of RFCs: README.md has what is not tested here, or is otherwise, and why.

const paths = ['/v1/models', '/v1/models?limit=2', `/v1/models/${models[0]!.id}`, '/v1/changes']

let client: Client
beforeAll(async () => {
  await using starting = new AsyncDisposableStack()
  const service = starting.use(await startService())
  await service.synced()
  client = starting.use(startClient(service.origin, 4))
  const running = starting.move()
  return () => running.disposeAsync()
})

function send(target: string, sent: Partial<Sent> = {}): Promise<Got> {
  return client.send({ method: 'GET', target, host: 'models.test', fields: [], ...sent })
}

/**
 * Sends it for each path, with what somebody has who has asked before: in values, TAG is the tag of the
 * plain answer, and DATE its date. What is no error must be that answer, or a 304 of it.
 */
async function check(sent: Partial<Sent>, status: number): Promise<readonly Got[]> {
  const all: Got[] = []
  for (const path of paths) {
    const full = await send(path)
    const fields = sent.fields?.map(([name, value]) => [name, filled(value, full)] as const) ?? []
    const got = await send(path, { ...sent, fields })
    expect(got.status).toBe(status)
    if (status === 200 || status === 304) {
      expect(got.body).toBe(status === 304 || sent.method === 'HEAD' ? '' : full.body)
      expect(fieldsOf(got)).toEqual(fieldsOf(full, status === 200 ? /^$/ : /^content-/))
    }
    all.push(got)
  }
  return all
}

function filled(value: string, { fields }: Got): string {
  const etag = fields.get('etag') ?? ''
  const at = Date.parse(fields.get('last-modified') ?? '')
  expect(etag).toMatch(/^"[0-9a-f]{32}"$/)
  expect(at).not.toBeNaN()
  return value
    .replace('TAG', etag)
    .replace('DIGITS', etag.slice(1, -1))
    .replace(/(DATE|RFC850|ASCTIME)([+-]\d+)?/, (_, form: keyof typeof forms, seconds = '0') =>
      forms[form](new Date(at + Number(seconds) * 1000)),
    )
}

/** `Sun, 06 Nov 1994 08:49:37 GMT` in its three forms. */
const forms = {
  DATE: (date: Date) => date.toUTCString(),
  RFC850(date: Date) {
    const [, day, month, year = '', time] = date.toUTCString().split(' ')
    const name = date.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' })
    return `${name}, ${day}-${month}-${year.slice(2)} ${time} GMT`
  },
  ASCTIME(date: Date) {
    const [name = '', day = '', month, year, time] = date.toUTCString().split(' ')
    return `${name.slice(0, 3)} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`
  },
}

/** All but those of one answer alone, and those that are left out. */
function fieldsOf({ fields }: Got, but = /^$/): ReadonlyMap<string, string> {
  const own = /^(?:request-id|date|connection)$/
  return new Map([...fields].filter(([name]) => !own.test(name) && !but.test(name)))
}

test.each([
  ['conditional-etag-strong-respond, conditional-304-etag', 'if-none-match', 'TAG', 304],
  ['conditional-etag-strong-respond-multiple-first', 'if-none-match', 'TAG, "a", "b"', 304],
  ['conditional-etag-strong-respond-multiple-second', 'if-none-match', '"a", TAG, "b"', 304],
  ['conditional-etag-strong-respond-multiple-last', 'if-none-match', '"a", "b", TAG', 304],
  ['conditional-etag-weak-respond', 'if-none-match', 'W/TAG', 304],
  ['conditional-etag-weak-respond-lowercase', 'if-none-match', 'w/TAG', 200],
  ['conditional-etag-weak-respond-backslash', 'if-none-match', String.raw`W\TAG`, 200],
  ['conditional-etag-weak-respond-omit-slash', 'if-none-match', 'WTAG', 200],
  ['conditional-etag-quoted-respond-unquoted', 'if-none-match', 'DIGITS', 200],
  ['RFC 9110, 13.1.2', 'if-none-match', '*', 304],
  ['RFC 9110, 13.1.2', 'if-none-match', '"a"', 200],
  ['conditional-lm-fresh, conditional-lm-stale', 'if-modified-since', 'DATE', 304],
  ['conditional-lm-fresh-earlier', 'if-modified-since', 'DATE+1000', 304],
  ['conditional-lm-fresh-rfc850', 'if-modified-since', 'RFC850', 304],
  ['RFC 9110, 5.6.7', 'if-modified-since', 'ASCTIME', 304],
  ['RFC 9110, 5.6.7', 'if-modified-since', 'ASCTIME-86400', 200],
  ['RFC 9110, 13.1.3', 'if-modified-since', 'DATE-1', 200],
  ['RFC 9110, 13.1.3', 'if-modified-since', '2099-01-01T00:00:00Z', 200],
  ['RFC 9110, 13.1.3', 'if-modified-since', '1 Jan 2099 00:00:00 GMT', 200],
  ['partial-store-complete-reuse-partial', 'range', 'bytes=0-1', 200],
  ['partial-store-complete-reuse-partial-no-last', 'range', 'bytes=1-', 200],
  ['partial-store-complete-reuse-partial-suffix', 'range', 'bytes=-1', 200],
  ['other-authorization-public', 'authorization', 'Bearer x', 200],
  ['other-cookie', 'cookie', 'a=b', 200],
  ['RFC 9110, 13.1.1 (otherwise)', 'if-match', '"a"', 200],
  ['RFC 9110, 13.1.4 (otherwise)', 'if-unmodified-since', 'DATE-5000', 200],
])('%s: %s: %s is answered %i', async (_, name, value, status) => {
  await check({ fields: [[name, value]] }, status)
})

const tag = ['if-none-match', 'TAG'] as const
const noStore = { 'cache-control': 'no-store' }
const gone = '/v1/changes?before_id=chg_00000000000'

test.each<[id: string, Partial<Sent>, number, expected?: Readonly<Record<string, string>>]>([
  ['conditional-etag-precedence', { fields: [tag, ['if-modified-since', 'DATE-5000']] }, 304],
  [
    'RFC 9110, 13.1.3',
    {
      fields: [
        ['if-none-match', '"a"'],
        ['if-modified-since', 'DATE+1'],
      ],
    },
    200,
  ],
  ['head-writethrough, head-200-*', { method: 'HEAD' }, 200],
  [
    'head-410-update',
    { method: 'HEAD', target: gone },
    410,
    { 'cache-control': 'public, max-age=60' },
  ],
  ['method-POST', { method: 'POST' }, 405, noStore],
  ['RFC 9110, 13.2.1', { method: 'HEAD', fields: [tag] }, 304],
  ['RFC 9110, 13.2.1', { method: 'OPTIONS', fields: [tag] }, 204],
  ['RFC 9110, 13.2.1', { target: '/v1/models/none', fields: [['if-none-match', '*']] }, 404],
  ['RFC 9110, 15.5.6', { method: 'DELETE' }, 405, { allow: 'GET, HEAD, OPTIONS' }],
  ['RFC 9112, 3.2', { host: 'a/v1/models/none?' }, 400, noStore],
])('%s: %j is answered %i', async (_, sent, status, expected = {}) => {
  for (const { fields } of await check(sent, status)) {
    expect(Object.fromEntries(fields)).toMatchObject(expected)
  }
})

test('RFC 9110, 9.3.8: TRACE repeats nothing', async () => {
  const trace = { method: 'TRACE', fields: [['x-secret', 'not-to-be-repeated']] as const }
  for (const { body } of await check(trace, 405)) expect(body).not.toContain('repeated')
})

test('stale-close-*, stale-sie-503: nothing forbids a stale answer in an outage', async () => {
  for (const { fields } of await check({}, 200)) {
    expect(fields.get('cache-control')).toMatch(/^public, .*stale-if-error=\d{5}/)
    expect(fields.get('cache-control')).not.toMatch(/(?:must|proxy)-revalidate|no-cache|s-maxage/)
  }
})
