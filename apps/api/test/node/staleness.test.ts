import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { unstable_readConfig as readConfig } from 'wrangler'
import {
  JITTER_MS,
  KV_CACHE_SECONDS,
  MEMORY_MS,
  PERIOD_MS,
  RELOAD_MS,
  SYNC_LIMIT_MS,
} from '../../src/freshness.ts'
import { cachePolicy } from '../../src/http/cache-policy.ts'
import { startKv } from './kv.ts'
import { startUpstream } from './recorded-upstream.ts'
import { useService } from './service.ts'
import { models, useStandIn } from './stand-in.ts'
import { startWorkerd } from './workerd.ts'

const standIn = useStandIn()
const service = useService({ upstream: () => standIn.origin })
beforeAll(() => service.tick())

describe('the budget', () => {
  const config = fileURLToPath(new URL('../../wrangler.jsonc', import.meta.url))
  const crons = readConfig({ config }).triggers.crons ?? []

  /** What passes between a model's appearance upstream and its appearance everywhere, at the worst. */
  const terms = {
    'until the next tick': minutesBetween(crons) * 60,
    'until its sync has written': SYNC_LIMIT_MS / 1000,
    "in KV's cache, of the value before": KV_CACHE_SECONDS,
    'in the memory of an isolate': MEMORY_MS / 1000,
    'in the cache in front of it': directive(cachePolicy.data, 'max-age'),
  }
  const total = Object.values(terms).reduce((sum, seconds) => sum + seconds)

  test('is at most nine minutes, term by term', () => {
    // An isolate that is asked renews its memory sooner; one that is not waits for KV first.
    expect(RELOAD_MS + JITTER_MS).toBeLessThan(MEMORY_MS)
    expect(terms).toEqual({
      'until the next tick': 300,
      'until its sync has written': 25,
      "in KV's cache, of the value before": 30,
      'in the memory of an isolate': 60,
      'in the cache in front of it': 60,
    })
    expect(total).toBeLessThanOrEqual(9 * 60)
  })

  test('is exceeded, by ten minutes, for a URL that nobody asked for in that time', () => {
    // Its answer is shown once more while a new one is fetched: who asks next has the new one.
    const extra = directive(cachePolicy.data, 'stale-while-revalidate')
    expect(extra).toBe(600)
    expect(total + extra).toBeGreaterThan(9 * 60)
    expect(total + extra).toBeLessThanOrEqual(18 * 60)
  })

  test('holds for a model that was asked for too early: its 404 lives no longer than data', () => {
    const life = directive(cachePolicy.error, 'max-age')
    expect(life).toBeLessThanOrEqual(directive(cachePolicy.data, 'max-age'))
    expect(cachePolicy.error).not.toContain('stale')
  })

  test('counts on the cron that is configured', () => {
    expect(crons).toHaveLength(1)
    expect(minutesBetween(crons) * 60_000).toBe(PERIOD_MS)
  })

  test.each([
    ['/v1/models', cachePolicy.data],
    [`/v1/models/${models[0]!.id}`, cachePolicy.data],
    ['/v1/changes', cachePolicy.data],
    ['/v1/models/claude-none', cachePolicy.error],
    ['/v1/models?limit=0', cachePolicy.error],
  ])('counts on what %s says to caches', async (path, policy) => {
    const { headers } = await fetch(service.origin + path)
    expect(headers.get('cache-control')).toBe(policy)
    // Its age would count against `max-age`, and a variant would be another URL.
    expect(headers.get('age') ?? headers.get('vary') ?? headers.get('set-cookie')).toBeNull()
  })

  test('counts on what KV is told', async () => {
    await using kv = await startKv()
    await using upstream = await startUpstream({ models: [JSON.stringify(models[0])] })
    await using workerd = await startWorkerd(kv.origin, upstream.origin)
    await fetch(`${workerd.origin}/v1/models`)
    expect(kv.reads.map(({ cacheTtl }) => cacheTtl)).toContain(KV_CACHE_SECONDS)
    expect(new Set(kv.reads.map(({ cacheTtl }) => cacheTtl)).size).toBe(1)
  })
})

test('a model that appears upstream is served after a tick, without a restart', async () => {
  const listed = async (): Promise<boolean> =>
    (await (await fetch(`${service.origin}/v1/models`)).text()).includes('"claude-new-6"')
  const one = `${service.origin}/v1/models/claude-new-6`
  await standIn.misbehave({ fault: 'model-more', times: 'Infinity' })
  expect(await listed()).toBe(false)
  expect((await fetch(one)).status).toBe(404)

  await service.tick()
  expect(await listed()).toBe(true)
  expect(await (await fetch(one)).json()).toMatchObject({ display_name: 'Claude New 6' })
  const changes = await (await fetch(`${service.origin}/v1/changes?limit=1`)).json()
  expect(changes).toMatchObject({ data: [{ change: 'released', model_id: 'claude-new-6' }] })
})

test('what does not sync says so, and serves what it has', async () => {
  const before = await fetch(`${service.origin}/v1/models?limit=3`)
  const list = await before.text()
  await standIn.misbehave({ fault: 'status', status: '529', times: 'Infinity' })
  await service.tick()
  const after = await fetch(`${service.origin}/v1/models?limit=3`)
  expect(await after.text()).toBe(list)
  for (const name of ['etag', 'last-modified', 'x-synced-at', 'cache-control']) {
    expect(after.headers.get(name)).toBe(before.headers.get(name))
  }
  const health = await fetch(`${service.origin}/health`)
  expect(health.headers.get('cache-control')).toBe(cachePolicy.never)
  expect(await health.json()).toMatchObject({
    status: 'degraded',
    synced_at: before.headers.get('x-synced-at'),
    last_failure: { reason: 'overloaded', in_a_row: 1 },
  })
})

function directive(policy: string, name: string): number {
  const seconds = new RegExp(`(?:^|[, ])${name}=(\\d+)`).exec(policy)?.[1]
  return Number(seconds ?? NaN)
}

function minutesBetween([cron = '']: readonly string[]): number {
  return Number(/^\*\/(\d+) \* \* \* \*$/.exec(cron)?.[1] ?? NaN)
}
