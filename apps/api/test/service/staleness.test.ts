import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { unstable_readConfig as readConfig } from 'wrangler'
import { cachePolicy } from '../../src/http/cache-policy.ts'
import { CRON_MS, KV_CACHE_SECONDS, MAX_AGE_SECONDS, REVALIDATE_SECONDS } from '../../src/timing.ts'
import { startKv } from '@models-edge/testing/kv'
import { startUpstream } from '../started/recorded-upstream.ts'
import { useService } from '../started/service.ts'
import { models, useStandIn } from '../started/stand-in.ts'
import { startWorkerd } from '../started/workerd.ts'

const standIn = useStandIn()
const service = useService({ upstream: () => standIn.origin })
beforeAll(() => service.tick())

describe('what timing.ts adds up', () => {
  test('counts on the cron that is configured', () => {
    const config = fileURLToPath(new URL('../../../../wrangler.jsonc', import.meta.url))
    expect(readConfig({ config }).triggers.crons).toEqual(['* * * * *'])
    expect(CRON_MS).toBe(60_000)
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
    expect(directive(policy, 'max-age')).toBe(MAX_AGE_SECONDS)
    // What was asked for too early is not shown once more while a new one is fetched.
    const shownOn = policy === cachePolicy.data ? REVALIDATE_SECONDS : NaN
    expect(directive(policy, 'stale-while-revalidate')).toBe(shownOn)
    // Its age would count against `max-age`, and a variant would be another URL.
    expect(headers.get('age') ?? headers.get('vary') ?? headers.get('set-cookie')).toBeNull()
  })

  test('counts on what KV is told', async () => {
    await using kv = await startKv()
    await using upstream = await startUpstream({ models: [JSON.stringify(models[0])] })
    await using first = await startWorkerd(kv.origin, upstream.origin)
    await first.answers()
    await first.written('"event":"sync"')
    const before = kv.reads.length
    await using second = await startWorkerd(kv.origin, upstream.origin)
    await second.answers()
    const lifetimes = kv.reads.slice(before).map(({ cacheTtl }) => cacheTtl)
    expect(new Set(lifetimes)).toEqual(new Set([KV_CACHE_SECONDS]))
  })
})

const list = (): Promise<string> => textOf('/v1/models')

async function textOf(path: string): Promise<string> {
  return (await fetch(service.origin + path)).text()
}

async function newestChange(): Promise<unknown> {
  const { data } = JSON.parse(await textOf('/v1/changes?limit=1')) as { data: unknown[] }
  return data[0]
}

const one = '/v1/models/claude-new-6'

test('a model that appears upstream is served after a tick, without a restart', async () => {
  await standIn.misbehave({ fault: 'model-more', times: 'Infinity' })
  expect(await list()).not.toContain('"claude-new-6"')
  expect((await fetch(service.origin + one)).status).toBe(404)

  await service.tick()
  expect(await list()).toContain('"claude-new-6"')
  expect(JSON.parse(await textOf(one))).toMatchObject({ display_name: 'Claude New 6' })
  expect(await newestChange()).toMatchObject({ change: 'released', model_id: 'claude-new-6' })
})

test('once it is gone again, it is served until a second tick says so', async () => {
  const before = await fetch(service.origin + one)
  expect(before.status).toBe(200)
  await service.tick()
  const doubted = await fetch(service.origin + one)
  expect(await doubted.text()).toBe(await before.text())
  // The last sync did not find it to be so.
  expect(doubted.headers.get('x-synced-at')).toBe(before.headers.get('x-synced-at'))

  await service.tick()
  expect((await fetch(service.origin + one)).status).toBe(404)
  expect(await newestChange()).toMatchObject({ change: 'removed', model_id: 'claude-new-6' })
})

test('what does not sync says so, and serves what it has', async () => {
  await service.tick(5) // when whatever was found is published
  const before = await fetch(`${service.origin}/v1/models?limit=3`)
  const body = await before.text()
  await standIn.misbehave({ fault: 'status', status: '529', times: 'Infinity' })
  await service.tick()
  const after = await fetch(`${service.origin}/v1/models?limit=3`)
  expect(await after.text()).toBe(body)
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
