import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Page } from '@models-edge/core'
import { describe, expect, test, vi } from 'vitest'
import type { Worker } from '../../src/compose.ts'
import {
  ask,
  bodyOf,
  contentOf,
  down,
  isolate,
  kvWith,
  later,
  listing,
  MINUTE,
  model,
  otherKv,
  requestFor,
  SECOND,
  stage,
  START,
  stored,
  synced,
  tick,
  upstream,
} from './world.ts'

stage()

/** When the last of the first sync was known: two contents are never of the same second. */
const CHANGED = START + SECOND

const DATA = 'public, max-age=60, stale-while-revalidate=600, stale-if-error=86400'
const SHORT = 'public, max-age=60'
const NEVER = 'no-store'

async function tagOf(service: Worker, path: string): Promise<string> {
  return (await ask(service, path)).headers.get('etag') ?? ''
}

describe('Cache-Control', () => {
  test.each([
    ['GET', '/v1/models', 200, DATA],
    ['HEAD', '/v1/models?limit=2', 200, DATA],
    ['GET', '/v1/models/claude-opus-5', 200, DATA],
    ['GET', '/v1/models/claude-haiku-4-5', 200, DATA],
    ['GET', '/v1/changes', 200, DATA],
    ['GET', '/v1/models/none', 404, SHORT],
    ['GET', '/nowhere', 404, SHORT],
    ['GET', '/v1/models?limit=0', 400, SHORT],
    ['GET', '/v1/models/%', 400, SHORT],
    ['GET', '/v1/changes?since=now', 400, SHORT],
    ['GET', '/health', 200, NEVER],
    ['POST', '/v1/models', 405, NEVER],
    ['OPTIONS', '/v1/models', 204, NEVER],
  ])('of %s %s (%i) is %s', async (method, path, status, policy) => {
    const { headers, ...answer } = await ask(await synced(), path, { method }).then((response) => ({
      status: response.status,
      headers: response.headers,
    }))
    expect([answer.status, headers.get('cache-control')]).toEqual([status, policy])
    for (const name of ['vary', 'set-cookie', 'age', 'expires', 'pragma', 'date', 'server']) {
      expect(headers.has(name)).toBe(false)
    }
  })

  test.each(['/v1/models', '/v1/models/claude-opus-5', '/v1/changes', '/health'])(
    'of %s forbids to keep that there is nothing to serve',
    async (path) => {
      upstream.send = down
      const { headers, status } = await ask(isolate(), path)
      expect([status, headers.get('cache-control')]).toEqual([503, NEVER])
    },
  )
})

describe('ETag', () => {
  test('is of the content alone: the same on every machine, whenever it has synced', async () => {
    const here = await synced()
    later(3 * MINUTE)
    const there = await synced({ CATALOG: otherKv() }, 'elsewhere')
    const tags = new Set<string>()
    for (const path of ['/v1/models', '/v1/models?limit=3', '/v1/models/claude-opus-5']) {
      const tag = await tagOf(here, path)
      expect(tag).toMatch(/^"[0-9a-f]{32}"$/)
      expect([await tagOf(isolate(), path), await tagOf(there, path)]).toEqual([tag, tag])
      tags.add(tag)
    }
    expect(tags.size).toBe(3)
    expect(await tagOf(here, '/v1/models?limit=3&x=1')).toBe(
      await tagOf(here, '/v1/models?limit=3'),
    )
    // Each history has ids of its own.
    expect(await tagOf(isolate(), '/v1/changes')).toBe(await tagOf(here, '/v1/changes'))
  })

  test('changes with the content, and stays while that stays', async () => {
    const service = await synced()
    const [list, one] = [
      await tagOf(service, '/v1/models'),
      await tagOf(service, '/v1/models/claude-opus-5'),
    ]
    await tick(service)
    expect(await tagOf(service, '/v1/models')).toBe(list)
    await upstream.plan('fault=model-more')
    await tick(service)
    expect(await tagOf(service, '/v1/models')).not.toBe(list)
    expect(await tagOf(service, '/v1/models/claude-opus-5')).toBe(one)
  })
})

function since(ms: number): string {
  return new Date(ms).toUTCString()
}

describe('a client that has the answer already', () => {
  test.each<[string, (tag: string) => Record<string, string>, number]>([
    ['its tag', (tag) => ({ 'if-none-match': tag }), 304],
    ['its tag in a list', (tag) => ({ 'if-none-match': `"a", ${tag} ,W/"b"` }), 304],
    ['its tag in a list without spaces', (tag) => ({ 'if-none-match': `"a",${tag}` }), 304],
    ['its tag made weak', (tag) => ({ 'if-none-match': `W/${tag}` }), 304],
    ['any tag', () => ({ 'if-none-match': '*' }), 304],
    ['another tag', () => ({ 'if-none-match': '"a", W/"b"' }), 200],
    ['a tag without quotes', (tag) => ({ 'if-none-match': tag.slice(1, -1) }), 200],
    ['a part of the tag', (tag) => ({ 'if-none-match': `${tag.slice(0, 9)}"` }), 200],
    ['no tag', () => ({ 'if-none-match': '' }), 200],
    ['garbage', () => ({ 'if-none-match': ',,"\\", W/, w/"x' }), 200],
    ['the time of the change', () => ({ 'if-modified-since': since(CHANGED) }), 304],
    ['a later time', () => ({ 'if-modified-since': since(CHANGED + SECOND) }), 304],
    ['an earlier time', () => ({ 'if-modified-since': since(CHANGED - SECOND) }), 200],
    ['no time', () => ({ 'if-modified-since': 'yesterday' }), 200],
    ['a time that HTTP does not know', () => ({ 'if-modified-since': '2099-01-01' }), 200],
    ['a time that is almost one', () => ({ 'if-modified-since': '1 Jan 2099 GMT' }), 200],
    ['a time of RFC 850', () => ({ 'if-modified-since': 'Friday, 20-Nov-26 12:00:01 GMT' }), 304],
    ['an earlier one', () => ({ 'if-modified-since': 'Friday, 20-Nov-26 12:00:00 GMT' }), 200],
    ['a time of asctime', () => ({ 'if-modified-since': 'Fri Nov 20 12:00:01 2026' }), 304],
    ['an earlier one of it', () => ({ 'if-modified-since': 'Fri Nov  6 12:00:00 2026' }), 200],
    [
      'another tag, whatever the time',
      () => ({ 'if-none-match': '"a"', 'if-modified-since': since(CHANGED) }),
      200,
    ],
    [
      'its tag, whatever the time',
      (tag) => ({ 'if-none-match': tag, 'if-modified-since': since(0) }),
      304,
    ],
  ])('and names %s', async (_, headersFor, status) => {
    const service = await synced()
    for (const path of ['/v1/models', '/v1/models/claude-opus-5', '/v1/changes']) {
      const full = await ask(service, path)
      const headers = headersFor(full.headers.get('etag') ?? '')
      // The first answer is made anew, the second comes from memory.
      for (const method of ['GET', 'HEAD']) {
        const answer = await ask(service, path, { method, headers })
        const had = status === 304
        expect(answer.status).toBe(status)
        expect(answer.body === null).toBe(had || method === 'HEAD')
        expect(answer.headers.has('content-length')).toBe(!had)
        expect(answer.headers.has('content-type')).toBe(!had)
        for (const [name, value] of full.headers) {
          if (name !== 'content-length' && name !== 'content-type') {
            expect([name, answer.headers.get(name)]).toEqual([name, value])
          }
        }
      }
    }
  })

  test.each(['/v1/models/none', '/v1/models?limit=0', '/nowhere', '/health'])(
    'of %s gets it again',
    async (path) => {
      const headers = { 'if-none-match': '*', 'if-modified-since': since(CHANGED + MINUTE) }
      const answer = await ask(await synced(), path, { headers })
      expect(answer.status).not.toBe(304)
      expect(answer.headers.has('etag')).toBe(false)
      expect(await answer.text()).not.toBe('')
    },
  )
})

function ageOf({ headers }: Response): unknown {
  return ['x-synced-at', 'last-modified', 'cache-status'].map((name) => headers.get(name))
}

describe('the age of the data', () => {
  test('is told by the last sync that was published and the last change', async () => {
    const service = await synced()
    for (let count = 0; count < 5; count += 1) await tick(service)
    for (const path of ['/v1/models', '/v1/models/claude-opus-5', '/v1/changes', '/v1/models']) {
      expect(ageOf(await ask(service, path))).toEqual([
        '2026-11-20T12:05:00.000Z',
        'Fri, 20 Nov 2026 12:00:01 GMT',
        'models-edge; hit; detail=fresh',
      ])
    }
    await upstream.plan('fault=model-more')
    await tick(service)
    expect(ageOf(await ask(service, '/v1/models'))).toEqual([
      '2026-11-20T12:06:00.000Z',
      'Fri, 20 Nov 2026 12:06:00 GMT',
      'models-edge; hit; detail=fresh',
    ])
  })

  test('is called stale after a quarter of an hour, on the very first answer', async () => {
    const service = await synced()
    const before = await (await ask(service, '/v1/models')).text()
    later(15 * MINUTE)
    expect(ageOf(await ask(service, '/v1/models'))).toMatchObject({
      2: 'models-edge; hit; detail=fresh',
    })
    later(MINUTE)
    for (const from of [service, isolate()]) {
      const answer = await ask(from, '/v1/models')
      expect(ageOf(answer)).toEqual([
        '2026-11-20T12:00:00.000Z',
        'Fri, 20 Nov 2026 12:00:01 GMT',
        'models-edge; hit; detail=stale',
      ])
      expect([answer.status, await answer.text()]).toEqual([200, before])
      expect(answer.headers.get('cache-control')).toBe(DATA)
    }
  })
})

describe('what the client sends', () => {
  test.each<[string, Record<string, string>]>([
    ['a key', { 'x-api-key': 'sk-ant-somebody' }],
    ['a token', { authorization: 'Bearer somebody' }],
    ['two credentials', { authorization: 'Basic eA==', 'x-api-key': 'no' }],
    ['a version', { 'anthropic-version': '2026-10-21' }],
    ['a version that is none', { 'anthropic-version': 'soon' }],
    ['betas', { 'anthropic-beta': 'x, files-api-2025-04-14' }],
    ['an origin', { origin: 'https://page.test', referer: 'https://page.test/' }],
    ['a range', { range: 'bytes=0-9', 'if-range': '"x"' }],
    ['another method', { 'x-http-method-override': 'DELETE', 'x-method-override': 'POST' }],
    [
      'another host',
      { host: 'evil.test', 'x-forwarded-host': 'evil.test', forwarded: 'host=evil.test' },
    ],
    [
      'wishes',
      { accept: 'text/html', 'accept-language': 'de', 'accept-encoding': 'identity', prefer: 'x' },
    ],
    ['a cookie', { cookie: 'a=b' }],
    ['orders to caches', { 'cache-control': 'no-cache, no-store', pragma: 'no-cache' }],
    ['other conditions', { 'if-match': '"x"', 'if-unmodified-since': new Date(0).toUTCString() }],
    ['a fault for the stand-in', { 'x-stand-in-fault': 'fault=empty-list' }],
    ['anything', { 'x-1': '', 'content-type': 'application/json', 'user-agent': '<script>' }],
  ])('changes nothing: %s', async (_, headers) => {
    const service = await synced()
    for (const path of [
      '/v1/models?limit=2',
      '/v1/models/claude-sonnet-4-5',
      '/v1/changes?limit=1',
      '/health',
    ]) {
      const plain = await contentOf(await ask(service, path))
      expect(await contentOf(await ask(service, path, { headers }))).toEqual(plain)
      expect(await contentOf(await ask(isolate(), path, { headers }))).toEqual(plain)
    }
    for (const path of ['/v1/models/none', '/v1/models?limit=0', '/nowhere']) {
      const [plain, other] = [await ask(service, path), await ask(service, path, { headers })]
      const id = other.headers.get('request-id') ?? ''
      expect(id).not.toBe(plain.headers.get('request-id'))
      expect((await other.text()).replace(id, '')).toBe(
        (await plain.text()).replace(plain.headers.get('request-id') ?? '', ''),
      )
      plain.headers.delete('request-id')
      other.headers.delete('request-id')
      expect([...other.headers]).toEqual([...plain.headers])
    }
    expect(upstream.calls).toEqual([])
  })

  test('changes nothing: the host that it takes for ours', async () => {
    const service = await synced()
    const context = createExecutionContext()
    const path = '/v1/models?limit=2&after_id=claude-opus-5'
    const one = await service.respond(requestFor(path), context)
    const other = await service.respond(new Request(`http://e${path}`), context)
    expect(other.headers.get('request-id')).toBe(one.headers.get('request-id'))
    expect(await contentOf(other)).toEqual(await contentOf(one))
    expect(other.headers.get('link')).not.toContain('http')
    await waitOnExecutionContext(context)
  })
})

/** Every kind of answer in turn, each at a URL of its own. */
function urlAt(index: number): string {
  return [
    `/v1/models?limit=1&x=${index}`,
    `/v1/models/claude-opus-5?x=${index}`,
    `/v1/models/none-${index}`,
    `/v1/models?after_id=none-${index}`,
    `/v1/changes?limit=1&x=${index}`,
    `/${index}`,
    '/health',
    '/v1/models',
  ][index % 8]!
}

describe('memory', () => {
  test('lets go of its answers when there is a newer snapshot', async () => {
    const service = await synced()
    const first = async (): Promise<string | null> =>
      (await bodyOf<Page>(ask(service, '/v1/models?limit=1'))).first_id
    later(10 * SECOND)
    expect([await first(), await first()]).toEqual(['claude-haiku-5-5', 'claude-haiku-5-5'])
    await upstream.plan('fault=model-more')
    await tick(isolate(), 40 * SECOND)
    // Due, but young enough: old, and KV is read behind it; then new.
    expect([await first(), await first()]).toEqual(['claude-haiku-5-5', 'claude-new-6'])
  })

  test('keeps one answer per URL, and one per model, request id and all', async () => {
    const service = await synced()
    const idOf = async (path: string): Promise<string | null> =>
      (await ask(service, path)).headers.get('request-id')
    expect(await idOf('/v1/models')).toBe(await idOf('/v1/models'))
    expect(await idOf('/v1/models?')).not.toBe(await idOf('/v1/models'))
    expect(await idOf('/v1/models/claude-opus-5?x')).toBe(await idOf('/v1/models/claude-opus-5'))
    expect(await idOf('/v1/models/none')).not.toBe(await idOf('/v1/models/none'))
  })

  test('reads KV two or three times a minute, and upstream never, for 10,000 URLs', async () => {
    await synced()
    const get = vi.fn((key: string) => env.CATALOG.get(key))
    const service = isolate({ CATALOG: kvWith({ get }) })
    const context = createExecutionContext()
    for (let index = 0; index < 10_000; index += 1) {
      const { body, status } = await service.respond(requestFor(urlAt(index)), context)
      await body?.cancel()
      expect([200, 400, 404]).toContain(status)
      later(60)
    }
    await waitOnExecutionContext(context)
    // Ten minutes have gone by.
    expect(upstream.calls).toEqual([])
    expect(get.mock.calls.length).toBeGreaterThan(10)
    expect(get.mock.calls.length).toBeLessThanOrEqual(25)
  })

  test('serves a large catalogue from one value', async () => {
    upstream.send = listing(Array.from({ length: 3000 }, (_, index) => model(`m-${index}`)))
    const service = await synced()
    const page = await bodyOf<Page>(ask(service, '/v1/models?limit=1000&after_id=m-1999'))
    expect(page).toMatchObject({ has_more: false, first_id: 'm-2000', last_id: 'm-2999' })
    expect((await stored())?.length).toBeGreaterThan(300_000)
  })
})
