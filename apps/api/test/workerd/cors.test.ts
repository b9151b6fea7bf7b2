import { describe, expect, test } from 'vitest'
import { ask, isolate, stage, synced, upstream } from './world.ts'

stage()

const origin = 'https://page.test'
const exposed = [
  'cache-status',
  'deprecation',
  'etag',
  'last-modified',
  'link',
  'request-id',
  'retry-after',
  'sunset',
  'x-should-retry',
  'x-synced-at',
]

function namesIn(list: string | null): string[] {
  return (list ?? '').toLowerCase().split(', ').toSorted()
}

function expectOpen({ headers }: Response): void {
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(namesIn(headers.get('access-control-expose-headers'))).toEqual(exposed)
  expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  expect(headers.get('timing-allow-origin')).toBe('*')
  expect(headers.has('access-control-allow-credentials')).toBe(false)
  expect(headers.has('vary')).toBe(false)
}

describe('every answer may be read by every page', () => {
  test.each<[number, string, { method?: string; headers?: Record<string, string> }]>([
    [200, '/v1/models', {}],
    [200, '/v1/models', { method: 'HEAD' }],
    [200, '/v1/models/claude-sonnet-4-5', {}],
    [200, '/v1/changes', {}],
    [200, '/health', {}],
    [304, '/v1/models', { headers: { 'if-none-match': '*' } }],
    [400, '/v1/models?limit=0', {}],
    [400, '/v1/models/%', {}],
    [404, '/v1/models/none', {}],
    [404, '/nowhere', {}],
    [405, '/v1/models', { method: 'POST' }],
  ])('%i of %s', async (status, path, init) => {
    const service = await synced()
    for (const headers of [{}, { origin }, { origin: 'null', cookie: 'a=b' }]) {
      const answer = await ask(service, path, { ...init, headers: { ...init.headers, ...headers } })
      expect(answer.status).toBe(status)
      expectOpen(answer)
    }
  })

  test.each(['/v1/models', '/health'])('503 of %s', async (path) => {
    upstream.send = () => Promise.reject(new Error('down'))
    const answer = await ask(isolate(), path, { headers: { origin } })
    expect(answer.status).toBe(503)
    expectOpen(answer)
  })

  test('no header is hidden from it, whatever the answer', async () => {
    const service = await synced()
    const safe = ['cache-control', 'content-length', 'content-type', 'allow']
    for (const path of ['/v1/models?limit=1', '/v1/models/claude-sonnet-4-5', '/v1/models/none']) {
      for (const name of (await ask(service, path)).headers.keys()) {
        const isAboutReading = /^access-control-|^cross-origin-|^timing-|^x-content-type/.test(name)
        expect([name, isAboutReading || [...safe, ...exposed].includes(name)]).toEqual([name, true])
      }
    }
  })
})

function preflight(asked: string | undefined, path = '/v1/models'): Promise<Response> {
  const headers = new Headers({ origin, 'access-control-request-method': 'GET' })
  if (asked !== undefined) headers.set('access-control-request-headers', asked)
  return ask(isolate(), path, { method: 'OPTIONS', headers })
}

describe('a preflight', () => {
  test.each([
    [
      'the SDK in a browser',
      'anthropic-dangerous-direct-browser-access,anthropic-version,authorization,x-stainless-arch,x-stainless-lang,x-stainless-os,x-stainless-package-version,x-stainless-retry-count,x-stainless-runtime,x-stainless-runtime-version,x-stainless-timeout',
    ],
    [
      'its older versions',
      'anthropic-beta, anthropic-dangerous-direct-browser-access, anthropic-version, content-type, x-api-key, x-stainless-helper-method',
    ],
    ['anybody else', 'X-Whatever'],
    ['a validator', 'if-none-match,if-modified-since'],
  ])('grants the headers of %s', async (_, asked) => {
    for (const path of ['/v1/models', '/v1/models/none', '/v1/changes', '/health', '/nowhere']) {
      const answer = await preflight(asked, path)
      expect(answer.status).toBe(204)
      expect(answer.body).toBeNull()
      expect(answer.headers.get('access-control-allow-headers')).toBe(asked)
      expect(answer.headers.get('access-control-allow-methods')).toBe('GET, HEAD, OPTIONS')
      expect(answer.headers.get('access-control-max-age')).toBe('86400')
      expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expectOpen(answer)
    }
    expect(upstream.calls).toEqual([])
  })

  test.each([
    ['none', undefined],
    ['more than anybody sends', 'x'.repeat(4097)],
    ['nothing', ''],
    ['what is no name', 'x-a, "<b>"'],
    ['what has brackets', 'x-(a)'],
  ])('that asks for %s has none back', async (_, asked) => {
    const answer = await preflight(asked)
    expect(answer.status).toBe(204)
    expect(answer.headers.has('access-control-allow-headers')).toBe(false)
    expectOpen(answer)
  })
})
