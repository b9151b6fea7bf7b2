import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import worker from '../../src/index.ts'
import {
  ask,
  bodyOf,
  contentOf,
  down,
  isolate,
  KEY,
  later,
  lines,
  MINUTE,
  refused,
  requestFor,
  stage,
  synced,
  tick,
  upstream,
} from './world.ts'

stage()

describe('paths and methods', () => {
  test.each([
    '/v1/models/',
    '/v1/models//',
    '/v1//models',
    '//v1/models',
    '/v1/models/claude-opus-5/',
    '/v1/models/claude-opus-5/x',
    '/v1/models.json',
    '/V1/models',
    '/v1/model%73',
    '/v1/changes/',
    '/v1/changes/x',
    '/health/',
    '/v1/messages',
    '/v1',
    '/v1/',
    '/favicon.ico',
    '/robots.txt',
    '/__proto__',
    '/constructor',
    '/v1/models/..',
    '/stand-in',
  ])('%s is no path of the API', async (path) => {
    const answer = await ask(await synced(), path)
    expect(await refused(answer)).toBe('404 not_found_error: Not found')
    expect(answer.headers.get('x-should-retry')).toBe('false')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60')
  })

  test.each([
    '/v1/models',
    '/v1/models?limit=2',
    '/v1/models/claude-sonnet-4-5-20250929',
    '/v1/models/none',
    '/v1/models?limit=0',
    '/v1/changes',
    '/health',
    '/nowhere',
  ])('HEAD %s has the headers of GET and no body', async (path) => {
    const service = await synced()
    const got = await ask(service, path)
    const size = (await got.clone().arrayBuffer()).byteLength
    const headed = await ask(service, path, { method: 'HEAD' })
    expect(headed.headers.get('content-length')).toBe(String(size))
    expect(await contentOf(headed)).toEqual({
      ...((await contentOf(got)) as object),
      // The id is in the body of an error; its length is not.
      body: '',
    })
  })

  test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('%s is not allowed anywhere', async (method) => {
    const service = await synced()
    for (const path of ['/v1/models', '/v1/models/claude-opus-5', '/health', '/nowhere']) {
      const answer = await ask(service, path, { method, body: 'x'.repeat(100_000) })
      expect(await refused(answer)).toBe(
        '405 invalid_request_error: Method Not Allowed. This is a read-only copy: GET, HEAD, OPTIONS',
      )
      expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
      expect(answer.headers.get('cache-control')).toBe('no-store')
    }
  })

  test.each(['a/v1/models/none?', 'a/nowhere', 'a b', 'a, b', '?', '#', 'a\\\\b', 'user:word@a'])(
    'a host that is none, %s, is refused, and no cache may keep that',
    async (host) => {
      const service = await synced()
      for (const path of ['/v1/models', '/v1/models', '/nowhere']) {
        const answer = await ask(service, path, { headers: { host } })
        expect(await refused(answer)).toBe(
          '400 invalid_request_error: host: Input should be a host name',
        )
        expect(answer.headers.get('cache-control')).toBe('no-store')
      }
    },
  )

  test.each(['a:99999', '[', 'a%00', '[::1]:1', 'xn--a', 'A.B.'])(
    'a host that no URL can have, %s, does not matter',
    async (host) => {
      const service = await synced()
      const url = `http://${host}/v1/models?limit=2`
      const request = { url, method: 'GET', headers: new Headers({ host }) } as Request
      const answer = await service.respond(request, createExecutionContext())
      expect(await contentOf(answer)).toEqual(
        await contentOf(await ask(service, '/v1/models?limit=2')),
      )
    },
  )
})

describe('/health', () => {
  test('is ok', async () => {
    const service = await synced()
    later(2 * MINUTE)
    const answer = await ask(service, '/health')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.has('etag')).toBe(false)
    expect(await answer.json()).toEqual({
      status: 'ok',
      synced_at: '2026-11-20T12:00:00.000Z',
      age_seconds: 120,
      sync_period_seconds: 300,
      models: 20,
      last_failure: null,
    })
  })

  test('is degraded while syncs fail', async () => {
    const service = await synced()
    await upstream.plan('fault=status&status=529')
    await tick(service)
    const answer = await ask(service, '/health')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({
      status: 'degraded',
      age_seconds: 60,
      models: 20,
      last_failure: {
        reason: 'overloaded',
        at: '2026-11-20T12:01:00.000Z',
        in_a_row: 1,
        next_try: '2026-11-20T12:01:45.000Z',
      },
    })
  })

  test('is degraded when the data is older than a quarter of an hour', async () => {
    const service = await synced()
    later(15 * MINUTE + 1)
    expect(await bodyOf(ask(service, '/health'))).toMatchObject({
      status: 'degraded',
      age_seconds: 900,
    })
  })

  test('is down when there is nothing to serve', async () => {
    upstream.send = down
    const answer = await ask(isolate(), '/health')
    expect(answer.status).toBe(503)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.json()).toMatchObject({
      status: 'down',
      synced_at: null,
      age_seconds: null,
      models: 0,
      last_failure: { reason: 'unreachable', in_a_row: 1 },
    })
  })
})

describe('what goes wrong inside stays inside', () => {
  const bindings: Env = { ...env, API_KEY: KEY }
  type Incoming = Parameters<typeof worker.fetch>[0]
  const closed = {
    waitUntil: () => {
      throw new Error('private')
    },
  } as unknown as ExecutionContext
  const odd = {
    method: 'GET',
    get url(): string {
      throw new Error('private')
    },
  } as Incoming

  test.each<[string, () => Response | Promise<Response>]>([
    ['while an answer is made', () => isolate().respond(requestFor('/v1/models'), closed)],
    ['before that', () => worker.fetch(odd, bindings, createExecutionContext())],
  ])('%s', async (_, respond) => {
    const failed = await respond()
    expect(await refused(failed)).toBe(
      '500 api_error: The service failed to answer. Please try again.',
    )
    expect(failed.headers.get('cache-control')).toBe('no-store')
    expect(failed.headers.get('access-control-allow-origin')).toBe('*')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { event: 'error', message: 'private' },
    ])
  })
})
