import { describe, expect, test } from 'vitest'
import { startKv } from '@models-edge/testing/kv'
import { listOf, startUpstream } from '../started/recorded-upstream.ts'
import { models as recorded } from '../started/stand-in.ts'
import { startWorkerd } from '../started/workerd.ts'

const models = recorded.map((model) => JSON.stringify(model))
const current = recorded.filter(({ lifecycle }) => lifecycle !== 'retired')
const defaultList = listOf(current.map((model) => JSON.stringify(model)))
const [newest, second] = current.map(({ id }) => id)

const FUTURE = new Date(Date.now() + 86_400_000).toUTCString()

/** Runs as many of the jobs at once as are given room, in order. */
async function runAll(count: number, atOnce: number, job: (n: number) => Promise<void>) {
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < count) await job(next++)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}

describe('once there is a snapshot', () => {
  type Kind = readonly [status: number, path: (n: number) => string, init?: RequestInit]
  const kinds: readonly Kind[] = [
    [200, () => '/v1/models'],
    [200, (n) => `/v1/models?limit=${1 + (n % 1000)}`],
    [200, (n) => `/v1/models?after_id=${newest}&limit=${1 + (n % 1000)}`],
    [200, (n) => `/v1/models?before_id=${second}&n=${n}`],
    [200, (n) => `/v1/models?lifecycle[]=retired&lifecycle=active&n=${n}`],
    [200, () => `/v1/models/${newest}`],
    [200, (n) => `/v1/models/${second}?n=${n}`],
    [200, (n) => `/v1/changes?limit=${1 + (n % 1000)}`],
    [200, (n) => `/v1/changes?before_id=chg_${String(n).padStart(11, 'z')}`],
    [410, (n) => `/v1/changes?before_id=chg_${String(n).padStart(11, '0')}`],
    [200, () => '/health'],
    [200, () => '/v1/models', { method: 'HEAD' }],
    [304, () => '/v1/models', { headers: { 'if-none-match': '*' } }],
    [304, () => `/v1/models/${newest}`, { headers: { 'if-modified-since': FUTURE } }],
    [204, () => '/v1/models', { method: 'OPTIONS' }],
    [404, (n) => `/v1/models/claude-none-${n}`],
    [404, (n) => `/v1/models/..%2F${n}`],
    [404, (n) => `/${n}/nowhere`],
    [400, (n) => `/v1/models?after_id=${n}`],
    [400, (n) => `/v1/models?limit=x${n}`],
    [400, (n) => `/v1/models/%E0%A4-${n}`],
    [405, (n) => `/v1/models/${n}`, { method: 'POST', body: 'x' }],
  ]

  test('2,000 requests cost upstream, the Keeper and KV nothing', async () => {
    await using kv = await startKv()
    await using upstream = await startUpstream({ models })
    await using workerd = await startWorkerd(kv.origin, upstream.origin, { watched: true })
    await workerd.tick(0)
    expect(await textOf(`${workerd.origin}/v1/models`)).toBe(defaultList)
    const cost = async (): Promise<object> => ({
      asked: upstream.requests.length,
      written: kv.requests.filter((request) => request.startsWith('PUT')).length,
      keeper: Number(await textOf(`${workerd.origin}/-/calls`)),
    })
    const before = await cost()
    expect(Object.values(before)).not.toContain(0)

    const surprises: string[] = []
    const reads = kv.reads.length
    await runAll(2000, 64, async (n) => {
      const [status, path, init] = kinds[n % kinds.length]!
      const response = await fetch(workerd.origin + path(n), init)
      await response.arrayBuffer()
      if (response.status !== status) surprises.push(`${response.status}: ${path(n)}`)
    })
    expect(surprises).toEqual([])
    expect(await cost()).toEqual(before)
    // Its clock stands still: memory is not due to be renewed.
    expect(kv.reads.length - reads).toBe(0)
  })

  test('an outage of upstream changes nothing, not even for a machine that starts in it', async () => {
    await using kv = await startKv()
    const upstream = await startUpstream({ models })
    await using warm = await startWorkerd(kv.origin, upstream.origin)
    await warm.answers()
    await warm.written('"event":"sync"')
    const paths = ['/v1/models', `/v1/models/${newest}`, '/v1/changes', '/v1/models?limit=2']
    const before = await Promise.all(paths.map((path) => textOf(warm.origin + path)))
    await upstream.close()
    expect(await Promise.all(paths.map((path) => textOf(warm.origin + path)))).toEqual(before)
    await using cold = await startWorkerd(kv.origin, upstream.origin)
    expect(await Promise.all(paths.map((path) => textOf(cold.origin + path)))).toEqual(before)
  })
})

async function textOf(url: string): Promise<string> {
  const response = await fetch(url)
  expect(response.status).toBe(200)
  return response.text()
}

test('500 requests at once that find nothing cost one sweep, and all are answered', async () => {
  await using kv = await startKv()
  // None of these has an alias to be asked for, which would take its time and count for nothing here.
  const undated = current
    .filter(({ id }) => !/-\d{8}$/.test(id))
    .map((each) => JSON.stringify(each))
  await using upstream = await startUpstream({ models: undated })
  const asked = Promise.withResolvers<undefined>()
  upstream.recording.instead = () => asked.promise
  await using workerd = await startWorkerd(kv.origin, upstream.origin)
  const answers = Array.from({ length: 500 }, async () => {
    const response = await fetch(`${workerd.origin}/v1/models`)
    return `${response.status} ${await response.text()}`
  })
  // Upstream is slow: all of them are there before it answers.
  asked.resolve(undefined)
  expect(new Set(await Promise.all(answers))).toEqual(new Set([`200 ${listOf(undated)}`]))
  expect(upstream.requests.length).toBe(1)
  await workerd.written('"event":"sync"')
  expect(kv.requests.filter((request) => request.startsWith('PUT'))).toEqual(['PUT catalog:v2'])
})

test('500 requests at once cost a broken upstream one call', async () => {
  await using kv = await startKv()
  await using upstream = await startUpstream({ models })
  upstream.recording.instead = () => ({ status: 529, body: '{"type":"error","error":{}}' })
  await using workerd = await startWorkerd(kv.origin, upstream.origin)
  const statuses = await Promise.all(
    Array.from({ length: 500 }, async () => (await fetch(`${workerd.origin}/v1/models`)).status),
  )
  expect(new Set(statuses)).toEqual(new Set([503]))
  expect(upstream.requests.length).toBe(1)
})

test('the production bundle runs in plain workerd with four bindings', async () => {
  await using kv = await startKv()
  await using upstream = await startUpstream({ models })
  await using workerd = await startWorkerd(kv.origin, upstream.origin)
  await workerd.answers()
  await workerd.written('"event":"sync"')
  const response = await fetch(`${workerd.origin}/v1/models`)
  expect(response.status).toBe(200)
  expect(response.headers.get('x-synced-at')).toMatch(/^\d{4}-/)
  expect(await response.text()).toBe(defaultList)
  expect(upstream.requests[0]?.headers).toMatchObject({
    'x-api-key': 'stand-in-key',
    'anthropic-version': '2023-06-01',
  })
  const line = workerd.output()
  expect(line).toContain('"outcome":"written"')
  expect(line.trim().split('\n')).toHaveLength(1)
})
