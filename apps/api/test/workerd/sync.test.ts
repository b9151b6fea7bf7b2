import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { ErrorBody, ModelInfo, Page } from '@models-edge/core'
import { describe, expect, test, vi } from 'vitest'
import type { Bindings, Service } from '../../src/service.ts'
import {
  ask,
  bodyOf,
  contentOf,
  isolate,
  json,
  KEY,
  kvWith,
  later,
  lines,
  listing,
  MINUTE,
  model,
  nothingKept,
  requestFor,
  SECOND,
  START,
  stage,
  stored,
  synced,
  tick,
  upstream,
} from './world.ts'

stage()

interface Health {
  readonly status: string
  readonly age_seconds: number
  readonly models: number
  readonly last_failure: { readonly reason: string; readonly in_a_row: number } | null
}

interface Finding {
  readonly alias: string
  readonly id: string | null
  readonly asked_at: string
}

type Fault = string | ((request: Request) => Response | Promise<Response>)

async function misbehave(fault: Fault): Promise<void> {
  if (typeof fault === 'string') await upstream.plan(`${fault}&times=Infinity`)
  else upstream.send = fault
}

function down(): Promise<Response> {
  return Promise.reject(new Error('down'))
}

function health(service: Service): Promise<Health> {
  return bodyOf<Health>(ask(service, '/health'))
}

async function listed(service: Service, path = '/v1/models'): Promise<string> {
  const answer = await ask(service, path)
  expect(answer.status).toBe(200)
  return answer.text()
}

/** A list whose every page is another, and leads to the next. */
function endless(filling: string): (request: Request) => Response {
  return ({ url }) => {
    const id = `m-${Number(new URL(url).searchParams.get('after_id')?.slice(2) ?? 0) + 1}`
    return json(`{"data":[{"id":"${id}","x":${filling}}],"has_more":true,"last_id":"${id}"}`)
  }
}

/** A promise, and what lets it go on. */
function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { passed: promise, open: resolve }
}

describe('a sync', () => {
  test('asks for every lifecycle and writes one value that holds all', async () => {
    const put = vi.fn((key: string, value: Uint8Array | string) => env.CATALOG.put(key, value))
    const service = isolate({ CATALOG: kvWith({ put }) })
    await service.tick(new Date())
    expect(upstream.calls[0]).toBe(
      '/v1/models?limit=1000&lifecycle%5B%5D=active&lifecycle%5B%5D=deprecated&lifecycle%5B%5D=retired',
    )
    expect(put.mock.calls.map(([key]) => key)).toEqual(['catalog:v1'])
    const value = JSON.parse((await stored()) ?? '') as Record<string, unknown[]>
    expect(value).toMatchObject({
      synced_at: '2026-11-20T12:00:00.000Z',
      changed_at: '2026-11-20T12:00:00.000Z',
    })
    expect(['models', 'aliases', 'changes'].map((part) => value[part]?.length)).toEqual([20, 9, 33])
    expect(
      (await env.CATALOG.list()).keys.map(({ name, expiration }) => [name, expiration]),
    ).toEqual([['catalog:v1', undefined]])
  })

  test('writes what has not changed only when its heartbeat is due', async () => {
    const service = await synced()
    const outcomes: unknown[] = []
    const times: string[] = []
    for (let count = 0; count < 5; count += 1) {
      outcomes.push((await tick(service))['outcome'])
      times.push(/"synced_at":"[^"]+T(\d\d:\d\d)/.exec((await stored()) ?? '')?.[1] ?? '')
    }
    expect(outcomes).toEqual(['unchanged', 'written', 'unchanged', 'written', 'unchanged'])
    expect(times).toEqual(['12:00', '12:10', '12:10', '12:20', '12:20'])
    expect((await health(service)).age_seconds).toBe(0)
  })

  test('writes what has changed at once', async () => {
    const service = await synced()
    await upstream.plan('fault=model-more')
    expect(await tick(service)).toMatchObject({ outcome: 'written', models: 21, changes: 1 })
    expect(await stored()).toContain('claude-new-6')
    expect(await listed(isolate())).toContain('claude-new-6')
  })

  test('writes one line for the log, whatever comes of it', async () => {
    const service = isolate()
    expect(await tick(service)).toEqual({
      event: 'sync',
      outcome: 'written',
      models: 20,
      changes: 33,
      ms: 0,
    })
    expect(await tick(service)).toEqual({
      event: 'sync',
      outcome: 'unchanged',
      models: 20,
      changes: 0,
      age_s: 300,
      ms: 0,
    })
    await upstream.plan('fault=status&status=529&retry-after=900')
    expect(await tick(service)).toEqual({
      event: 'sync',
      outcome: 'failed',
      reason: 'overloaded',
      failures: 1,
      models: 20,
      changes: 0,
      age_s: 300,
      ms: 0,
    })
    expect(await tick(service)).toEqual({
      event: 'sync',
      outcome: 'skipped',
      reason: 'backing_off',
      because: 'overloaded',
      models: 20,
      changes: 0,
      age_s: 600,
      ms: 0,
    })
  })

  test('that ends after a later one leaves what that one stored', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    const slow = isolate()
    upstream.send = async (asked) => {
      await held
      return listing([model('old')])(asked)
    }
    const ending = slow.tick(new Date())
    await vi.waitFor(() => expect(upstream.sweeps).toBe(1))
    later(10 * SECOND)
    upstream.send = listing([model('new'), model('old')])
    await isolate().tick(new Date())
    const newest = await stored()
    lines.length = 0
    release()
    await ending
    expect(lines.join()).toContain('"reason":"superseded"')
    expect(await stored()).toBe(newest)
    expect(await listed(slow, '/v1/models')).toContain('"new"')
  })

  test('that a request began does not hold back the next tick when it fails', async () => {
    await misbehave('fault=status&status=529')
    later(2 * SECOND)
    const service = isolate()
    expect((await ask(service, '/v1/models')).status).toBe(503)
    await upstream.behave()
    expect(await tick(service, 5 * MINUTE - 2 * SECOND)).toMatchObject({ outcome: 'written' })
  })

  test('that KV does not take is told by /health, although KV does not take that either', async () => {
    const CATALOG = kvWith({ put: () => Promise.reject(new Error('full')) })
    const service = isolate({ CATALOG })
    await service.tick(new Date())
    expect(await health(service)).toMatchObject({
      status: 'degraded',
      last_failure: { reason: 'kv_write_failed', in_a_row: 1 },
    })
    expect(await listed(service)).toContain('claude-haiku-5-5')
  })

  test.each<[string, Partial<Bindings>]>([
    ['ANTHROPIC_API_KEY is not set', { ANTHROPIC_API_KEY: '' }],
    [
      'baseURL: expected an http(s) URL without credentials, query or fragment',
      { ANTHROPIC_BASE_URL: 'api.anthropic.com' },
    ],
    ['The KV namespace CATALOG is not bound', { CATALOG: undefined as unknown as KVNamespace }],
  ])('tells the operator: %s', async (message, bindings) => {
    expect(await tick(isolate(bindings))).toMatchObject({ reason: 'misconfigured', message })
  })

  test('is one with another that is under way in the same isolate', async () => {
    const service = isolate()
    await Promise.all([service.tick(new Date()), storm(service, 3), service.tick(new Date())])
    expect([upstream.sweeps, lines.length]).toEqual([1, 1])
  })

  test('that fails by a mistake of its own does not blame upstream', async () => {
    const service = await synced()
    vi.spyOn(crypto.subtle, 'digest').mockRejectedValue(new TypeError('a mistake'))
    upstream.send = listing(Array.from({ length: 21 }, (_, index) => model(`m-${index}`)))
    expect(await tick(service)).toMatchObject({ outcome: 'failed', reason: 'internal' })
  })

  test('that comes too late leaves what is newer', async () => {
    const service = await synced()
    const before = await stored()
    later(-2 * MINUTE)
    lines.length = 0
    await isolate().tick(new Date())
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        event: 'sync',
        outcome: 'skipped',
        reason: 'superseded',
        models: 20,
        changes: 0,
        age_s: -120,
        ms: 0,
      },
    ])
    expect(upstream.calls).toEqual([])
    expect(await stored()).toBe(before)
    await listed(service)
  })
})

describe('what is stored stays, to the byte, when upstream', () => {
  const huge = `"${'x'.repeat(4_000_000)}"`

  test.each<[string, Fault, string]>([
    ['lists nothing', 'fault=empty-list', 'empty'],
    ['lists a third of what it did', 'fault=shrunk-list', 'shrunk'],
    ['names a model twice', 'fault=duplicate-ids', 'bad_list'],
    ['leads in a circle', 'fault=cursor-loop', 'bad_list'],
    ['stands still', 'fault=standing-cursor', 'bad_list'],
    ['has more, but nowhere', 'fault=no-cursor', 'bad_list'],
    ['names an id that is none', listing([model('')]), 'bad_list'],
    ['names an id that is too long', listing([model('x'.repeat(257))]), 'bad_list'],
    [
      'has two lists',
      () => json('{"data":[{"id":"a"}],"data":[{"id":"b"}],"has_more":false}'),
      'bad_list',
    ],
    ['lists what are no models', listing(['{"no":"id"}']), 'bad_answer'],
    ['lists numbers', () => json('{"data":[1],"has_more":false}'), 'bad_answer'],
    ['answers null', () => json('null'), 'bad_answer'],
    ['answers nothing', () => new Response(''), 'bad_answer'],
    ['answers with a page for people', 'fault=html&status=200', 'bad_answer'],
    ['answers with half of the list', 'fault=half-body', 'bad_answer'],
    ['has an edge that answers with a page', 'fault=html', 'upstream_error'],
    ['breaks off', 'fault=cut-body&ms=1', 'bad_answer'],
    ['cannot be reached', down, 'unreachable'],
    ['answers 400', 'fault=status&status=400', 'refused'],
    ['answers 401', 'fault=status&status=401', 'unauthorized'],
    ['answers 403', 'fault=status&status=403', 'forbidden'],
    ['has an edge that answers 403', 'fault=edge-block', 'edge_blocked'],
    ['answers 404', 'fault=status&status=404', 'not_found'],
    ['answers 429', 'fault=status&status=429', 'rate_limited'],
    ['answers 429 with a time', 'fault=status&status=429&retry-after=30', 'rate_limited'],
    ['answers 500', 'fault=status&status=500', 'upstream_error'],
    ['answers 504', 'fault=status&status=504', 'timeout'],
    ['answers 529', 'fault=status&status=529', 'overloaded'],
    ['leads elsewhere', 'fault=redirect&to=http://elsewhere.test/v1/models', 'redirected'],
    ['answers with too much', listing([`{"id":"m","x":${huge}}`]), 'too_large'],
    ['has too many large pages', endless(`"${'x'.repeat(3_900_000)}"`), 'too_large'],
    ['has no end', endless('""'), 'bad_list'],
  ])('%s', async (_, fault, reason) => {
    const service = await synced()
    const [value, answer] = [await stored(), await contentOf(await ask(service, '/v1/models'))]
    await misbehave(fault)
    expect(await tick(service)).toMatchObject({
      outcome: 'failed',
      reason,
      failures: 1,
      models: 20,
    })
    expect(upstream.sweeps).toBe(1)
    expect(await stored()).toBe(value)
    expect(await contentOf(await ask(service, '/v1/models'))).toEqual(answer)
    expect(await contentOf(await ask(isolate(), '/v1/models'))).toEqual(answer)
    expect(await health(service)).toMatchObject({ status: 'degraded', last_failure: { reason } })

    await upstream.behave()
    expect(await tick(service)).toMatchObject({ outcome: 'written', models: 20, changes: 0 })
    expect((await ask(service, '/health')).status).toBe(200)
    later(MINUTE)
    expect(await health(service)).toMatchObject({ status: 'ok', last_failure: null })
  })

  test.each<[string, Partial<Bindings>]>([
    ['no key', { ANTHROPIC_API_KEY: '' }],
    ['a key that is none', { ANTHROPIC_API_KEY: `${KEY}\n` }],
    ['an upstream that is none', { ANTHROPIC_BASE_URL: 'upstream' }],
    ['an upstream of another kind', { ANTHROPIC_BASE_URL: 'ftp://upstream.test' }],
    ['an upstream with credentials', { ANTHROPIC_BASE_URL: `http://x:${KEY}@upstream.test` }],
  ])('cannot be asked: there is %s', async (_, bindings) => {
    await synced()
    const value = await stored()
    const service = isolate(bindings)
    expect(await tick(service)).toMatchObject({ outcome: 'failed', reason: 'misconfigured' })
    expect(await stored()).toBe(value)
    expect(upstream.calls).toEqual([])
    expect(await health(service)).toMatchObject({ last_failure: { reason: 'misconfigured' } })
  })

  test.each(['fault=slow-headers&ms=500', 'fault=slow-body&ms=500'])(
    'takes too long: %s',
    async (fault) => {
      const service = await synced()
      const value = await stored()
      const timeout = AbortSignal.timeout.bind(AbortSignal)
      const limits = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout(30))
      await misbehave(fault)
      expect(await tick(service)).toMatchObject({ outcome: 'failed', reason: 'timeout' })
      expect(limits.mock.calls).toEqual([[25_000]])
      expect(await stored()).toBe(value)
      limits.mockRestore()
    },
  )
})

test('a list that has lost most of its models is believed when it is seen twice', async () => {
  const ten = Array.from({ length: 10 }, (_, index) => model(`m-${index}`))
  upstream.send = listing(ten)
  const service = await synced()
  const value = await stored()
  const outcomes: unknown[] = []
  for (const models of [ten.slice(0, 4), ten.slice(1, 5), ten.slice(0, 4), ten, ten.slice(0, 4)]) {
    upstream.send = listing(models)
    const { outcome, reason } = await tick(service)
    outcomes.push(reason ?? outcome)
    if (reason) expect((await stored())?.length).toBe(value?.length)
  }
  expect(outcomes).toEqual(['shrunk', 'shrunk', 'shrunk', 'written', 'shrunk'])
  expect(await tick(service)).toMatchObject({ outcome: 'written', models: 4, changes: 6 })
  upstream.send = listing(ten.slice(0, 2))
  expect(await tick(service)).toMatchObject({ outcome: 'written', models: 2 })
})

async function reasons(service: Service, ticks: number): Promise<unknown[]> {
  const seen: unknown[] = []
  for (let count = 0; count < ticks; count += 1) {
    const { outcome, reason } = await tick(service)
    seen.push(reason ?? outcome)
  }
  return seen
}

describe('patience', () => {
  const off = 'backing_off'

  test.each([
    [
      'status&status=529',
      ['overloaded', 'overloaded', off, 'overloaded', off, off, 'overloaded', off],
    ],
    [
      'html',
      ['upstream_error', 'upstream_error', off, 'upstream_error', off, off, 'upstream_error'],
    ],
    ['status&status=401', ['unauthorized', 'unauthorized', 'unauthorized', 'unauthorized']],
    ['empty-list', ['empty', 'empty', 'empty', 'empty']],
  ])('with %s', async (fault, expected) => {
    const service = await synced()
    await misbehave(`fault=${fault}`)
    expect(await reasons(service, expected.length)).toEqual(expected)
    expect(upstream.sweeps).toBe(expected.filter((reason) => reason !== off).length)
  })

  test.each([
    ['60', ['rate_limited', 'written']],
    ['1500', ['rate_limited', off, off, off, off, 'written']],
    ['86400', ['rate_limited', ...Array.from({ length: 11 }, () => off), 'written']],
    ['-5', ['rate_limited', 'written']],
    ['soon', ['rate_limited', 'written']],
    ['Fri, 20 Nov 2026 12:20:00 GMT', ['rate_limited', off, off, 'written']],
  ])('for retry-after: %s', async (time, expected) => {
    const service = await synced()
    await upstream.plan(`fault=status&status=429&retry-after=${time}`)
    expect(await reasons(service, expected.length)).toEqual(expected)
  })

  test('is not for years, whatever a clock that was wrong has written', async () => {
    later(60 * 365 * 24 * 60 * MINUTE)
    await upstream.plan('fault=status&status=429&retry-after=3600')
    await tick(isolate())
    expect(await env.CATALOG.get('status:v1')).toContain('"next_at":"2086-')
    vi.setSystemTime(START)
    expect(await tick(isolate())).toMatchObject({ outcome: 'written' })
    expect(await env.CATALOG.get('status:v1')).toBe('null')
  })

  test('does not end because KV cannot be read', async () => {
    const CATALOG = kvWith({ get: () => Promise.reject(new Error('KV is down')) })
    const service = isolate({ CATALOG })
    await upstream.plan('fault=status&status=429&retry-after=600')
    expect(await reasons(service, 3)).toEqual(['rate_limited', off, 'kv_read_failed'])
    expect(upstream.sweeps).toBe(2)
  })

  test('leaves no trace once it has ended, even in a KV that lags behind', async () => {
    const service = isolate({ CATALOG: kvWith({ get: () => Promise.resolve(null) }) })
    upstream.send = down
    await tick(service)
    await upstream.behave()
    expect(await env.CATALOG.get('status:v1')).toContain('unreachable')
    expect(await tick(service)).toMatchObject({ outcome: 'written' })
    expect(await env.CATALOG.get('status:v1')).toBe('null')
  })

  test('outlives the isolate', async () => {
    await synced()
    await upstream.plan('fault=status&status=503&retry-after=600')
    expect(await tick(isolate())).toMatchObject({ reason: 'upstream_error' })
    expect(await tick(isolate())).toMatchObject({ reason: off })
    expect(await tick(isolate())).toMatchObject({ outcome: 'written' })
  })

  test.each(['', '{', '[]', '7', '{"failures":"many"}'])(
    'is not impressed by a status of %s',
    async (status) => {
      const service = await synced()
      await env.CATALOG.put('status:v1', status)
      expect(await tick(service)).toMatchObject({ outcome: 'unchanged' })
      expect(await health(service)).toMatchObject({ status: 'ok', last_failure: null })
    },
  )
})

describe('a value of KV that is', () => {
  const broken: readonly [string, (value: string) => string][] = [
    ['empty', () => ''],
    ['no JSON', () => 'gone'],
    ['cut off', (value) => value.slice(0, -100)],
    ['null', () => 'null'],
    ['a list', () => '[]'],
    ['a number', () => '7'],
    ['another thing', () => '{"hello":"world"}'],
    ['of another version', (value) => value.replace('"models":', '"catalog":')],
    ['without models', (value) => JSON.stringify({ ...(JSON.parse(value) as object), models: [] })],
    ['with models that are none', (value) => value.replace(/"models":\["/, '"models":["{}","')],
    ['with models that are objects', (value) => value.replace(/"models":\["/, '"models":[{},"')],
    ['without a time', (value) => value.replace('synced_at', 'synced')],
    [
      'with a time that is none',
      (value) => value.replace(/"synced_at":"[^"]+"/, '"synced_at":"x"'),
    ],
    ['with aliases that are none', (value) => value.replace('"aliases":[', '"aliases":[null,')],
    ['with changes that are none', (value) => value.replace('"changes":[', '"changes":[null,')],
  ]

  test.each(broken)('%s is ignored', async (_, breaking) => {
    const service = await synced()
    const [value, list] = [(await stored()) ?? '', await listed(service)]
    const wrong = breaking(value)
    expect(wrong).not.toBe(value)
    await env.CATALOG.put('catalog:v1', wrong)
    for (let count = 0; count < 3; count += 1) {
      later(MINUTE)
      expect(await listed(service)).toBe(list)
    }
    expect(upstream.calls).toEqual([])
    // Who knows nothing else asks upstream, and mends it.
    expect(await listed(isolate())).toBe(list)
    expect(upstream.sweeps).toBe(1)
    expect(await stored()).toMatch(/^\{.*"synced_at":"2026-11-20T12:03/)
    expect(await env.CATALOG.get('catalog:v1:unreadable')).toBe(wrong)
  })

  test.each(broken)('%s is nothing to serve while upstream is down', async (_, breaking) => {
    await synced()
    await env.CATALOG.put('catalog:v1', breaking((await stored()) ?? ''))
    upstream.send = down
    expect((await ask(isolate(), '/v1/models')).status).toBe(503)
  })

  test('older than what the isolate holds is ignored', async () => {
    const service = await synced()
    const old = (await stored()) ?? ''
    await upstream.plan('fault=model-more&times=Infinity')
    await tick(service)
    await env.CATALOG.put('catalog:v1', old)
    for (let count = 0; count < 3; count += 1) {
      later(MINUTE)
      expect(await listed(service)).toContain('claude-new-6')
    }
    await tick(service)
    expect(await stored()).toContain('claude-new-6')
  })

  test('gone again, as KV sees it, is still served and written anew', async () => {
    const service = await synced()
    await env.CATALOG.delete('catalog:v1')
    later(MINUTE)
    await listed(service)
    await listed(service)
    expect(await tick(service)).toMatchObject({ outcome: 'written', models: 20, changes: 0 })
    expect(await stored()).toContain('"synced_at"')
  })

  test.each([
    ['with', 'm-20250101'],
    ['without', 'm'],
  ])('of the far future, %s aliases, is served, but not believed', async (_, id) => {
    upstream.send = listing([model(id)])
    later(60 * 24 * 60 * MINUTE)
    await synced()
    later(-60 * 24 * 60 * MINUTE)
    const service = isolate()
    await listed(service)
    await tick(service)
    expect(await stored()).toContain('"synced_at":"2026-11-20T12:05:00.000Z"')
    for (const from of [service, isolate()]) {
      const { headers } = await ask(from, '/v1/models')
      expect(headers.get('x-synced-at')).toBe('2026-11-20T12:05:00.000Z')
    }
    expect(upstream.probes).toEqual(id === 'm' ? [] : ['m'])
  })
})

describe('a clock that was years ahead and is put right', () => {
  const YEARS = 60 * 365 * 24 * 60 * MINUTE

  test('does not make an isolate sit on what it has', async () => {
    const service = await synced()
    later(YEARS)
    const list = await listed(service)
    vi.setSystemTime(START + MINUTE)
    await upstream.plan('fault=model-more&times=Infinity')
    expect(await tick(isolate())).toMatchObject({ outcome: 'written' })
    later(MINUTE)
    await listed(service)
    expect(await listed(service)).not.toBe(list)
    expect(await health(service)).toMatchObject({ status: 'ok', last_failure: null })
  })

  test('does not keep an isolate without anything from trying again', async () => {
    later(YEARS)
    upstream.send = down
    const service = isolate()
    expect((await ask(service, '/v1/models')).status).toBe(503)
    vi.setSystemTime(START)
    await upstream.behave()
    await listed(service)
    expect(await health(service)).toMatchObject({ status: 'ok', last_failure: null })
  })
})

describe('KV that', () => {
  test('cannot be read leaves memory to serve', async () => {
    let works = true
    const get = (key: string): Promise<string | null> =>
      works ? env.CATALOG.get(key) : Promise.reject(new Error('KV is down'))
    const service = await synced({ CATALOG: kvWith({ get }) })
    const list = await listed(service)
    works = false
    for (let count = 0; count < 3; count += 1) {
      later(MINUTE)
      expect(await listed(service)).toBe(list)
    }
    const value = await stored()
    await upstream.plan('fault=model-more&times=Infinity')
    expect(await tick(service)).toMatchObject({ outcome: 'failed', reason: 'kv_read_failed' })
    expect(await stored()).toBe(value)
    expect(await listed(service)).toContain('claude-new-6')
    works = true
    expect(await tick(service)).toMatchObject({ outcome: 'written', models: 21 })
  })

  test('cannot be read on a cold start leaves upstream to ask, once', async () => {
    await synced()
    const value = await stored()
    const service = isolate({
      CATALOG: kvWith({ get: () => Promise.reject(new Error('KV is down')) }),
    })
    for (let count = 0; count < 5; count += 1) {
      await listed(service)
      later(MINUTE)
    }
    expect(upstream.sweeps).toBe(1)
    expect(await stored()).toBe(value)
  })

  test('cannot be read on a cold start makes nobody forget: neither the history nor the length', async () => {
    const ten = Array.from({ length: 10 }, (_, index) => model(`m-${index}`))
    upstream.send = listing(ten.slice(1))
    const first = await synced()
    upstream.send = listing(ten)
    await tick(first)
    const list = await listed(first)
    let works = false
    const get = (key: string): Promise<string | null> =>
      works ? env.CATALOG.get(key) : Promise.reject(new Error('KV is down'))
    const service = isolate({ CATALOG: kvWith({ get }) })
    upstream.send = listing(ten.slice(0, 3))
    expect(await tick(service)).toMatchObject({ reason: 'kv_read_failed', models: 3 })
    expect(await listed(service)).not.toBe(list) // that is all it can know
    works = true
    later(MINUTE)
    expect(await listed(service)).toBe(list)
    expect(await tick(service, 4 * MINUTE)).toMatchObject({ reason: 'shrunk', models: 10 })
    upstream.send = listing([model('new'), ...ten])
    expect(await tick(service)).toMatchObject({ outcome: 'written', models: 11, changes: 1 })
    expect(await stored()).toMatch(
      /"changes":\[\{[^{]*"released","model_id":"new"[^{]*\{[^{]*"released","model_id":"m-0"/,
    )
  })

  test('does not show what it holds is not taken for empty', async () => {
    const list = await listed(await synced())
    const value = await stored()
    let shows = false
    const get = (key: string): Promise<string | null> =>
      shows ? env.CATALOG.get(key) : Promise.resolve(null)
    const service = isolate({ CATALOG: kvWith({ get }) })
    await upstream.plan('fault=shrunk-list&times=2')
    for (const ticks of [1, 2]) {
      expect(await tick(service)).toMatchObject({ reason: 'kv_read_failed', failures: 1 })
      expect([ticks, await stored()]).toEqual([ticks, value])
    }
    shows = true
    expect(await tick(service)).toMatchObject({ outcome: 'written', models: 20, changes: 0 })
    expect(await listed(service)).toBe(list)
  })

  test('shows only at the second look what it holds keeps it', async () => {
    await synced()
    const value = await stored()
    let looks = 0
    const get = async (key: string): Promise<string | null> => {
      if (key === 'catalog:v1') looks += 1
      return looks < 2 ? null : env.CATALOG.get(key)
    }
    const service = isolate({ CATALOG: kvWith({ get }) })
    expect(await tick(service)).toMatchObject({ outcome: 'skipped', reason: 'superseded' })
    expect(await stored()).toBe(value)
    expect(await tick(service)).toMatchObject({ outcome: 'written', changes: 0 })
  })

  test('cannot list its keys is believed', async () => {
    const CATALOG = kvWith({ list: () => Promise.reject(new Error('too many lists today')) })
    expect(await tick(isolate({ CATALOG }))).toMatchObject({ outcome: 'written' })
  })

  test('is slow to take the first list does not hold up who waits for it', async () => {
    const { passed, open } = gate()
    const put = (key: string, value: string | Uint8Array): Promise<void> =>
      passed.then(() => env.CATALOG.put(key, value))
    const service = isolate({ CATALOG: kvWith({ put }) })
    const context = createExecutionContext()
    const answers = await Promise.race([
      Promise.all([0, 1].map(async () => service.respond(requestFor('/v1/models'), context))),
      scheduler.wait(5 * SECOND),
    ])
    expect(answers?.map(({ status }) => status)).toEqual([200, 200])
    expect(await stored()).toBeNull()
    open()
    await waitOnExecutionContext(context)
    expect(await stored()).not.toBeNull()
    expect(await tick(service)).toMatchObject({ outcome: 'unchanged' })
  })

  test('cannot be written leaves the new list in memory, and is tried again', async () => {
    let works = false
    const put = (key: string, value: string | Uint8Array): Promise<void> =>
      works ? env.CATALOG.put(key, value) : Promise.reject(new Error('KV is full'))
    const service = isolate({ CATALOG: kvWith({ put }) })
    expect(await tick(service)).toMatchObject({
      outcome: 'failed',
      reason: 'kv_write_failed',
      models: 20,
    })
    expect(await stored()).toBeNull()
    await listed(service)
    works = true
    expect(await tick(service)).toMatchObject({ outcome: 'written' })
    expect(await stored()).not.toBeNull()
  })

  test('is slow is not waited for', async () => {
    let { passed, open } = { passed: Promise.resolve(), open: () => {} }
    const get = (key: string): Promise<string | null> => passed.then(() => env.CATALOG.get(key))
    const service = await synced({ CATALOG: kvWith({ get }) })
    const list = await listed(service)
    ;({ passed, open } = gate())
    later(MINUTE)
    const context = createExecutionContext()
    for (let count = 0; count < 3; count += 1) {
      expect(await (await service.respond(requestFor('/v1/models'), context)).text()).toBe(list)
    }
    open()
    await waitOnExecutionContext(context)
  })

  test('never answers is given up', async () => {
    const wait = vi.spyOn(scheduler, 'wait').mockResolvedValue()
    const service = isolate({ CATALOG: kvWith({ get: () => new Promise<never>(() => {}) }) })
    const { status } = await service.respond(requestFor('/v1/models'), { waitUntil() {} })
    expect(status).toBe(503)
    expect(wait).toHaveBeenCalledWith(28_000)
  })
})

describe('hidden models', () => {
  test.each([
    ['claude-haiku-4-5-20251001', 19],
    ['claude-haiku-*', 18],
    ['*haiku-4-5*', 19],
    ['gpt-4, , claude-haiku-4-?-*', 19],
    ['claude-haiku-4-5-*,claude-haiku-4-5', 19],
  ])('as %s are nowhere', async (HIDDEN_MODELS, count) => {
    const service = await synced({ HIDDEN_MODELS })
    const all = '?limit=1000&lifecycle[]=active&lifecycle[]=deprecated&lifecycle[]=retired'
    for (const path of [`/v1/models${all}`, '/v1/models', '/v1/changes?limit=1000']) {
      expect(await listed(service, path)).not.toContain('haiku-4-5')
    }
    for (const name of [
      'claude-haiku-4-5-20251001',
      'claude-haiku-4-5',
      'claude-haiku-4-5-2025100',
    ]) {
      const answer = await ask(service, `/v1/models/${name}`)
      const { error } = await answer.json<ErrorBody>()
      expect([answer.status, error.message]).toEqual([404, `model: ${name}`])
      expect(JSON.stringify(error.details ?? null)).not.toContain('haiku-4-5')
    }
    for (const cursor of ['after_id', 'before_id']) {
      const query = `${cursor}=claude-haiku-4-5-20251001`
      expect((await ask(service, `/v1/models?${query}`)).status).toBe(400)
    }
    const { headers } = await ask(service, '/v1/models?limit=1&after_id=claude-opus-4-5-20251101')
    expect(headers.get('link')).not.toContain('haiku-4-5')
    expect(await health(service)).toMatchObject({ models: count })
    expect(await stored()).toContain('claude-haiku-4-5-20251001')
  })

  test.each(['', ' , ', 'haiku', 'claude.haiku-4-5-20251001', '[a-z]*', '(', 'CLAUDE-*'])(
    'are none where %s matches none',
    async (HIDDEN_MODELS) => {
      const service = await synced({ HIDDEN_MODELS })
      expect(await listed(service)).toContain('claude-haiku-4-5-20251001')
    },
  )

  test('may be aliases alone', async () => {
    const service = await synced({ HIDDEN_MODELS: 'claude-haiku-4-5' })
    const answer = await ask(service, '/v1/models/claude-haiku-4-5')
    expect(answer.status).toBe(404)
    expect((await answer.json<ErrorBody>()).error.details).toEqual({
      suggestions: ['claude-haiku-4-5-20251001', 'claude-haiku-5-5'],
    })
    await listed(service, '/v1/models/claude-haiku-4-5-20251001')
  })

  test('may be all, which is hardly meant', async () => {
    const service = await synced({ HIDDEN_MODELS: '*' })
    expect(await health(service)).toMatchObject({ status: 'degraded', models: 0 })
    expect(await listed(service)).toBe(
      '{"data":[],"has_more":false,"first_id":null,"last_id":null}',
    )
  })
})

function dated(count: number): ModelInfo[] {
  return Array.from({ length: count }, (_, index) => model(`m-${index}-20250101`))
}

async function findings(): Promise<readonly Finding[]> {
  return (JSON.parse((await stored()) ?? '{}') as { aliases: readonly Finding[] }).aliases
}

async function find(service: Service, name: string): Promise<string> {
  const answer = await ask(service, `/v1/models/${name}`)
  return answer.status === 200 ? (await answer.json<ModelInfo>()).id : String(answer.status)
}

describe('aliases', () => {
  test('are looked for among the dated ids and the extra names, and kept', async () => {
    const service = await synced({ EXTRA_ALIASES: ' claude-opus-latest,,claude-opus-5 ' })
    const asked = (await findings()).map(({ alias, id }) => `${alias} ${id ?? '-'}`)
    expect(asked).toEqual([
      'claude-opus-latest -',
      'claude-opus-4-5 claude-opus-4-5-20251101',
      'claude-haiku-4-5 claude-haiku-4-5-20251001',
      'claude-sonnet-4-5 claude-sonnet-4-5-20250929',
      'claude-opus-4-1 -',
      'claude-opus-4 -',
      'claude-sonnet-4 -',
      'claude-3-7-sonnet -',
      'claude-3-5-haiku -',
      'claude-3-haiku -',
    ])
    await tick(service)
    await tick(service)
    expect(upstream.probes).toEqual([])
    expect(await find(isolate(), 'claude-haiku-4-5')).toBe('claude-haiku-4-5-20251001')
    expect(await find(service, 'claude-opus-latest')).toBe('404')
  })

  test('are asked for 20 a sync, the rest next time, and again after an hour', async () => {
    upstream.send = listing(dated(50), { 'm-45': 'm-45-20250101' })
    const service = isolate()
    const counts: number[] = []
    const names = new Set<string>()
    for (let count = 0; count < 18; count += 1) {
      upstream.calls.length = 0
      await tick(service)
      expect(upstream.calls.length).toBeLessThanOrEqual(42)
      counts.push(upstream.probes.length)
      for (const name of upstream.probes) names.add(name)
    }
    expect(counts).toEqual([20, 20, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 20, 10, 0, 0, 0])
    expect(names.size).toBe(50)
    expect(await find(service, 'm-45')).toBe('m-45-20250101')
  })

  test('have their turn, however many there are', async () => {
    upstream.send = listing(dated(250))
    const service = isolate()
    for (let count = 0; count < 13; count += 1) await tick(service)
    expect(new Set(upstream.probes).size).toBe(250)
    expect(upstream.probes).toHaveLength(260)
  })

  test('leave upstream enough requests when the list has many pages', async () => {
    const models = dated(40)
    upstream.send = (asked) => {
      const after = new URL(asked.url).searchParams.get('after_id')
      if (!asked.url.includes('?')) return listing([])(asked)
      const next = models.findIndex(({ id }) => id === after) + 1
      const page = {
        data: models.slice(next, next + 1),
        has_more: next < 39,
        last_id: models[next]?.id,
      }
      return json(JSON.stringify(page))
    }
    await tick(isolate())
    expect([upstream.calls.length, upstream.probes.length]).toEqual([42, 2])
  })

  test('can be pointed elsewhere, go, and come', async () => {
    const models = [...dated(2), model('n')]
    upstream.send = listing(models, { 'm-0': 'm-0-20250101' })
    const service = await synced({ EXTRA_ALIASES: 'extra' })
    expect(await find(service, 'm-0')).toBe('m-0-20250101')
    upstream.send = listing(models, { 'm-0': 'n', 'm-1': 'm-1-20250101', extra: 'n' })
    await tick(service)
    expect(await find(service, 'm-0')).toBe('m-0-20250101')
    expect(await tick(service, 60 * MINUTE)).toMatchObject({ outcome: 'written', changes: 0 })
    expect(await Promise.all(['m-0', 'm-1', 'extra'].map((name) => find(service, name)))).toEqual([
      'n',
      'm-1-20250101',
      'n',
    ])
    const { headers } = await ask(service, '/v1/models')
    expect(headers.get('last-modified')).toBe('Fri, 20 Nov 2026 13:05:00 GMT')
    upstream.send = listing(models)
    await tick(service, 60 * MINUTE)
    expect(await find(service, 'm-0')).toBe('404')
  })

  test('of models that are gone or not listed find nothing', async () => {
    upstream.send = listing([...dated(3), model('n')], {
      'm-0': 'm-0-20250101',
      'm-1': 'm-2-20250101',
    })
    const service = await synced({ EXTRA_ALIASES: 'other' })
    const next = listing([model('n'), ...dated(2)])
    upstream.send = (asked) =>
      asked.url.endsWith('/other') ? json(JSON.stringify(model('elsewhere'))) : next(asked)
    await tick(service, 60 * MINUTE)
    expect(await find(service, 'm-1')).toBe('404')
    expect(await find(service, 'other')).toBe('404')
    expect((await findings()).map(({ alias, id }) => [alias, id])).toEqual([
      ['other', null],
      ['m-0', null],
      ['m-1', null],
    ])
  })

  test.each<[string, Fault]>([
    ['500', () => json('{}', 500)],
    ['429', () => json('{}', 429)],
    ['401', () => json('{}', 401)],
    ['a page for people', () => new Response('<p>')],
    ['nothing', down],
  ])('stay known when upstream answers %s for them', async (_, fault) => {
    upstream.send = listing(dated(30), { 'm-0': 'm-0-20250101' })
    const service = await synced()
    const before = await findings()
    upstream.send = (asked) =>
      asked.url.includes('?') ? listing(dated(30))(asked) : (fault as typeof upstream.send)(asked)
    expect(await tick(service, 60 * MINUTE)).toMatchObject({ outcome: 'written', models: 30 })
    expect(await findings()).toEqual(before)
    expect(upstream.probes).toHaveLength(5)
    expect(await find(service, 'm-0')).toBe('m-0-20250101')
    upstream.send = listing(dated(30), { 'm-0': 'm-0-20250101', 'm-29': 'm-29-20250101' })
    await tick(service)
    await tick(service)
    expect(await find(service, 'm-29')).toBe('m-29-20250101')
  })

  test.each(['..', ';x', 'bad', '.'])(
    'are not held up by a name like %s that is refused',
    async (name) => {
      upstream.send = (asked) =>
        asked.url.endsWith('/bad')
          ? json('{"type":"error","error":{"type":"invalid_request_error","message":"bad"}}', 400)
          : listing(dated(2), { 'm-0': 'm-0-20250101' })(asked)
      const service = await synced({ EXTRA_ALIASES: `${name},m-0` })
      expect(await find(service, 'm-0')).toBe('m-0-20250101')
    },
  )
})

describe('KV that never answers', () => {
  const CATALOG = kvWith({ get: () => new Promise(() => {}), put: () => new Promise(() => {}) })

  test('is done without: upstream is asked, and memory holds what it said', async () => {
    hurry()
    const service = isolate({ CATALOG })
    await listed(service)
    expect(upstream.sweeps).toBe(1)
  })

  test('does not hold up /health', async () => {
    hurry()
    expect(await health(isolate({ CATALOG }))).toMatchObject({
      status: 'degraded',
      models: 20,
      last_failure: { reason: 'kv_read_failed' },
    })
  })
})

async function storm(service: Service, count: number): Promise<Response[]> {
  const context = createExecutionContext()
  const answers = await Promise.all(
    Array.from({ length: count }, async (_, index) =>
      service.respond(requestFor(`/v1/models?x=${index}`), context),
    ),
  )
  await waitOnExecutionContext(context)
  return answers
}

describe('a cold start', () => {
  test('syncs once for 500 requests at a time', async () => {
    const answers = await storm(isolate(), 500)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
    expect([upstream.sweeps, upstream.probes.length, lines.length]).toEqual([1, 9, 1])
    expect(await stored()).not.toBeNull()
  })

  test('reads KV once for 500 requests at a time', async () => {
    await synced()
    const get = vi.fn((key: string) => env.CATALOG.get(key))
    const answers = await storm(isolate({ CATALOG: kvWith({ get }) }), 500)
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(get).toHaveBeenCalledTimes(1)
    expect(upstream.calls).toEqual([])
  })

  test('with nothing to serve says what to do, and tries upstream once', async () => {
    upstream.send = down
    const service = isolate()
    const answers = await storm(service, 500)
    for (const { headers, status } of answers) {
      expect([status, headers.get('retry-after'), headers.get('x-should-retry')]).toEqual([
        503,
        '30',
        null,
      ])
    }
    expect([upstream.sweeps, lines.length]).toEqual([1, 1])
    const { request_id, ...body } = await answers[0]!.json<ErrorBody>()
    expect(request_id).toBe(answers[0]!.headers.get('request-id'))
    expect(body).toEqual({
      type: 'error',
      error: {
        type: 'api_error',
        message:
          'There is no list of models yet: no sync has succeeded. Please try again later; the operator finds the reason at /health and in the log.',
      },
    })
    // Another isolate may have had more luck.
    await upstream.behave()
    await tick(isolate())
    await listed(service)
  })

  test.each(['/v1/models', '/v1/models/claude-opus-5', '/v1/models/none', '/v1/changes'])(
    'with a blown fuse leaves upstream alone: %s',
    async (path) => {
      const limit = vi.fn(() => Promise.resolve({ success: false }))
      const service = isolate({ SYNC_FUSE: { limit } })
      for (let count = 0; count < 3; count += 1) {
        const answer = await ask(service, path)
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30'])
        expect((await answer.json<ErrorBody>()).error.type).toBe('api_error')
        later(SECOND)
      }
      expect(limit.mock.calls).toEqual([[{ key: 'sync' }]])
      expect([upstream.calls, lines]).toEqual([[], []])
      await synced()
      later(5 * SECOND)
      expect((await ask(service, path)).status).not.toBe(503)
    },
  )

  test('after a tick that failed leaves upstream alone until the next, whatever KV can say of it', async () => {
    upstream.send = () => json('{}', 400)
    const service = isolate({ CATALOG: kvWith({ put: () => Promise.reject(new Error('full')) }) })
    for (const expected of [1, 2]) {
      await tick(service)
      for (let count = 0; count < 4; count += 1) {
        expect((await ask(service, '/v1/models')).status).toBe(503)
        later(MINUTE)
      }
      expect(upstream.sweeps).toBe(expected)
      later(-4 * MINUTE)
    }
  })

  test('in the middle of a tick waits for what that finds', async () => {
    const service = isolate()
    const { passed, open } = gate()
    const { send } = upstream
    upstream.send = async (asked) => {
      await passed
      return send(asked)
    }
    const ticking = service.tick(new Date())
    await vi.waitFor(() => expect(upstream.sweeps).toBe(1))
    const context = createExecutionContext()
    const answer = service.respond(requestFor('/v1/models'), context)
    open()
    await ticking
    expect((await answer).status).toBe(200)
    await waitOnExecutionContext(context)
    expect(upstream.sweeps).toBe(1)
  })

  test('with a broken fuse does without', async () => {
    await listed(isolate({ SYNC_FUSE: { limit: () => Promise.reject(new Error('broken')) } }))
    expect(upstream.sweeps).toBe(1)
  })

  test('asks upstream five times a minute at the most, however many isolates there are', async () => {
    upstream.send = listing([])
    const { SYNC_FUSE } = env
    for (let count = 0; count < 12; count += 1) {
      const service = isolate({ SYNC_FUSE, CATALOG: nothingKept() })
      expect((await ask(service, '/v1/models')).status).toBe(503)
    }
    // Another minute may begin meanwhile.
    expect(upstream.sweeps).toBeLessThanOrEqual(10)
  })
})

describe('a snapshot that is older than three periods', () => {
  test('is served at once, and renewed behind the answer, once', async () => {
    const service = await synced()
    const list = await listed(service)
    await upstream.plan('fault=model-more&times=Infinity')
    const { passed, open } = gate()
    const { send } = upstream
    upstream.send = async (asked) => {
      await passed
      return send(asked)
    }
    later(16 * MINUTE)
    const context = createExecutionContext()
    const answers = await Promise.all(
      Array.from({ length: 50 }, async () => service.respond(requestFor('/v1/models'), context)),
    )
    for (const answer of answers) expect(await answer.text()).toBe(list)
    open()
    await waitOnExecutionContext(context)
    expect(upstream.sweeps).toBe(1)
    expect(await listed(service)).toContain('claude-new-6')
    expect(await stored()).toContain('claude-new-6')
  })

  test('is served at once by an isolate that has just started, too', async () => {
    const list = await listed(await synced())
    const { passed, open } = gate()
    upstream.send = async (asked) => {
      await passed
      return listing([model('new')])(asked)
    }
    later(16 * MINUTE)
    const service = isolate()
    const context = createExecutionContext()
    const answers = await Promise.race([
      Promise.all([0, 1].map(async () => service.respond(requestFor('/v1/models'), context))),
      scheduler.wait(5 * SECOND),
    ])
    for (const answer of answers ?? []) expect(await answer.text()).toBe(list)
    expect(answers).toHaveLength(2)
    open()
    await waitOnExecutionContext(context)
    expect(upstream.sweeps).toBe(1)
  })

  test('is served on while upstream fails, which is asked once in a period', async () => {
    const service = await synced()
    const list = await listed(service)
    upstream.send = () => json('{}', 400)
    later(16 * MINUTE)
    for (let count = 0; count < 40; count += 1) {
      expect(await listed(service)).toBe(list)
      later(MINUTE / 2)
    }
    expect(upstream.sweeps).toBeGreaterThan(2)
    expect(upstream.sweeps).toBeLessThanOrEqual(4)
    expect(lines.length).toBeLessThanOrEqual(4)
  })

  test('is served on where the fuse refuses', async () => {
    const service = await synced({
      SYNC_FUSE: { limit: () => Promise.resolve({ success: false }) },
    })
    later(16 * MINUTE)
    await listed(service)
    expect((await ask(service, '/v1/models')).headers.get('cache-status')).toContain('stale')
    expect(upstream.calls).toEqual([])
  })

  test('is left to the cron while it is younger', async () => {
    const service = await synced()
    for (let count = 0; count < 15; count += 1) {
      later(MINUTE - SECOND)
      await listed(service)
      await listed(isolate())
    }
    expect(upstream.calls).toEqual([])
  })
})

function repeat(status: number, headers: Headers): Response {
  const message = `invalid x-api-key: ${headers.get('x-api-key')}`
  return json(JSON.stringify({ type: 'error', error: { type: 'api_error', message } }), status)
}

describe('the key', () => {
  // Each test ends with a look for it in every answer, value and line.
  test.each<[string, Fault]>([
    ['in an error', ({ headers }) => repeat(400, headers)],
    ['in a refusal', ({ headers }) => repeat(401, headers)],
    ['in a page', ({ headers }) => new Response(`<p>${headers.get('x-api-key')}`, { status: 502 })],
    [
      'in headers',
      ({ headers }) =>
        new Response('{}', {
          status: 429,
          headers: { 'retry-after': headers.get('x-api-key') ?? '' },
        }),
    ],
    [
      'in what fetch throws',
      ({ headers }) => Promise.reject(new Error(String(headers.get('x-api-key')))),
    ],
  ])('is not passed on when upstream repeats it %s', async (_, fault) => {
    upstream.send = fault as typeof upstream.send
    const service = isolate()
    expect((await ask(service, '/v1/models')).status).toBe(503)
    await tick(service, 10 * MINUTE)
    expect(await health(service)).toMatchObject({ status: 'down', last_failure: { in_a_row: 2 } })
  })

  test('goes below a path of the base URL, and nowhere else', async () => {
    await tick(isolate({ ANTHROPIC_BASE_URL: 'http://upstream.test/' }))
    expect(upstream.sweeps).toBe(1)
    vi.stubGlobal('fetch', (asked: Request) => {
      expect(asked.url).toMatch(/^http:\/\/proxy\.test\/anthropic\/v1\/models[?/]/)
      expect(asked.redirect).toBe('manual')
      upstream.calls.push(asked.url)
      return upstream.send(
        new Request(asked.url.replace('proxy.test/anthropic', 'upstream.test'), asked),
      )
    })
    await tick(
      isolate({ ANTHROPIC_BASE_URL: 'http://proxy.test/anthropic', CATALOG: nothingKept() }),
    )
    expect(lines[0]).toContain('"written"')
  })

  test('comes with the version that is configured', async () => {
    const versions = new Set<string | null>()
    vi.stubGlobal('fetch', (asked: Request) => {
      versions.add(asked.headers.get('anthropic-version'))
      return upstream.send(asked)
    })
    const service = isolate({ ANTHROPIC_VERSION: '2026-10-21' })
    expect((await bodyOf<Page>(ask(service, '/v1/models'))).data).toHaveLength(14)
    expect([...versions]).toEqual(['2026-10-21'])
  })
})

/** The patience with KV passes quickly. */
function hurry(): void {
  const wait = setTimeout
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms: number) =>
    wait(run, ms === 8000 ? 20 : ms)) as typeof setTimeout)
}
