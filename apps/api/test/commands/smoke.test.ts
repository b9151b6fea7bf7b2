import { expect, test } from 'vitest'
import { type Listener, listen } from '@models-edge/testing/listener'
import { useService } from '../started/service.ts'
import { run } from './run.ts'

const service = useService()

const smoke = (...addresses: string[]) => run(['smoke/main.ts', ...addresses])

test('a service that is well passes every check, and is known without its scheme', async () => {
  const { code, out } = await smoke(new URL(service.origin).host)
  const lines = out.trim().split('\n')
  expect(lines.shift()).toMatch(/^ok {4}health: 20 models, \d+ seconds old$/)
  expect(lines.pop()).toBe(`${service.origin} is well.`)
  expect(lines.map((line) => line.slice(0, 3))).toEqual(Array.from({ length: 6 }, () => 'ok '))
  expect(code).toBe(0)
})

/** What something in front of the service does to the answers of paths that contain `at`. */
interface Change {
  readonly at?: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly without?: string
  readonly body?: (text: string, path: string) => string
}

function behind({ at = '', without, ...change }: Change): Promise<Listener> {
  return listen(async ({ headers, method = '', url = '' }, response) => {
    const { 'if-none-match': etag = '"none"' } = headers
    const asked = { 'access-control-request-headers': 'authorization', 'if-none-match': etag }
    const real = await fetch(service.origin + url, { method, headers: asked })
    const left = new Set(['content-encoding', 'content-length', 'transfer-encoding', without])
    const fields = [...real.headers].filter(([name]) => !left.has(name))
    const body = await real.text()
    const { status = real.status, headers: instead, body: rewrite } = url.includes(at) ? change : {}
    response.writeHead(status, { ...Object.fromEntries(fields), ...instead })
    response.end(rewrite ? rewrite(body, url) : body)
  })
}

const failing = (in_a_row: number, status: string, reason = 'unauthorized'): string =>
  JSON.stringify({ status, last_failure: { reason, in_a_row }, age_seconds: 1, models: 20 })

test.each<[string, string, Change]>([
  [
    'health',
    'there is nothing to serve (unauthorized). Anthropic refuses the key: set another',
    { at: '/health', status: 503, body: () => failing(3, 'down') },
  ],
  [
    'health',
    'there is nothing to serve: no sync has run so far. The first one comes within a minute',
    { at: '/health', status: 503, body: () => '{"status":"down","last_failure":null}' },
  ],
  [
    'health',
    'the last sync failed (overloaded). It passes by itself',
    { at: '/health', body: () => failing(1, 'degraded', 'overloaded') },
  ],
  [
    'health',
    'the last 2 syncs failed (of_later_code). The log has a line for every sync: pnpm run tail.',
    { at: '/health', body: () => failing(2, 'degraded', 'of_later_code') },
  ],
  [
    'health',
    'the data is 4000 seconds old. Does the cron trigger exist',
    { at: '/health', body: (text) => text.replace(/"age_seconds":\d+/, '"age_seconds":4000') },
  ],
  [
    'list',
    '/v1/models answers 200 with text/html, not JSON',
    { headers: { 'content-type': 'text/html' }, body: () => '<!doctype html>' },
  ],
  [
    'list',
    '/v1/models?limit=2 answers 503: No list yet',
    { at: '/v1/models', status: 503, body: () => '{"error":{"message":"No list yet"}}' },
  ],
  [
    'list',
    'the next page does not come after the first',
    {
      at: 'after_id',
      body: (text, path) => text.replace(/"id":"[^"]+"/, `"id":"${path.split('=').at(-1)}"`),
    },
  ],
  [
    '304',
    '/v1/models answers 503: not in the words of the service, so it comes from something in front',
    { at: '/v1/models', status: 503, body: () => '<!doctype html>' },
  ],
  ['get', 'a model that does not exist answers 200, not 404', { at: 'no-such', status: 200 }],
  [
    'CORS',
    'pages may not read /v1/models: something in front of the Worker',
    { without: 'access-control-allow-origin' },
  ],
  ['304', 'there is no ETag', { without: 'etag' }],
  ['widget', ', and the page says sha384-', { at: 'widget.js', body: (text) => `${text} ` }],
  ['widget', 'may not be kept for good', { at: '.js', headers: { 'cache-control': 'no-store' } }],
  ['errors', 'an unknown path answers 302', { at: '/nowhere', status: 302 }],
])('%s: %s', async (check, sentence, change) => {
  await using broken = await behind(change)
  const { code, out } = await smoke(broken.origin)
  const failed = out.split('\n').find((line) => line.startsWith(`FAIL  ${check}: `))
  expect(failed).toContain(sentence)
  expect(out).toMatch(/: \d of 7 failed\.$/m)
  expect(code).toBe(1)
})

test('nobody is there', async () => {
  const { code, out } = await smoke('http://127.0.0.1:9')
  expect(out).toMatch(/^FAIL {2}health: .*(bad port|ECONNREFUSED)/m)
  expect(code).toBe(1)
})

test.each([
  ['https://models.example/v1/models', 'Give the address without a path: pnpm run smoke https://'],
  ['ftp://models.example', 'Which service? pnpm run smoke https://models.example\n'],
  ['models example', 'Which service?'],
  ['models.example/v1', 'Give the address without a path: pnpm run smoke https://models.example\n'],
  ['localhost:9300/v1', 'Give the address without a path: pnpm run smoke http://localhost:9300\n'],
  ['', 'Which service?'],
])('"%s" is no address', async (address, sentence) => {
  const { code, out } = await smoke(address)
  expect([code, out]).toEqual([2, expect.stringContaining(sentence)])
})
