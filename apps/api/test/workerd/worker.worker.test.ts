import {
  createExecutionContext,
  createScheduledController,
  evictDurableObject,
  reset,
  runInDurableObject,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import worker from '../../src/index.ts'
import { SNAPSHOT_KEY } from '../../src/snapshot/coding.ts'
import { modelInfo } from '../world/snapshots.ts'
import { FakeUpstream, UPSTREAM } from '../world/upstream.ts'

const MINUTE = 60_000
const [a, b] = [modelInfo('a-20250101'), modelInfo('b')]

let upstream: FakeUpstream
let now = 0

beforeEach(() => {
  upstream = new FakeUpstream()
  upstream.aliases = { a: 'a-20250101' }
  now = Date.now()
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  vi.stubGlobal('fetch', upstream.fetch)
})

afterEach(async () => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  await reset()
})

/** The cron, a minute after the last time. */
async function tick(): Promise<void> {
  now += MINUTE
  const context = createExecutionContext()
  await worker.scheduled(createScheduledController(), env)
  await waitOnExecutionContext(context)
}

function keeper(): DurableObjectStub {
  return env.KEEPER.getByName('catalog')
}

async function served(path: string): Promise<unknown> {
  const response = await exports.default.fetch(`https://models.test${path}`)
  return response.json()
}

/** What KV holds. */
async function published(): Promise<{ readonly models: readonly string[] }> {
  return JSON.parse((await env.CATALOG.get(SNAPSHOT_KEY)) ?? '{}') as Awaited<
    ReturnType<typeof published>
  >
}

test('a tick fills the Keeper and KV, and what is served is the list', async () => {
  upstream.list(b, a)
  await tick()
  expect((await published()).models).toEqual([JSON.stringify(b), JSON.stringify(a)])
  expect(await served('/v1/models')).toMatchObject({ data: [b, a], has_more: false })
  expect(await served('/v1/models/a')).toEqual(a)
  expect(upstream.requests.every(({ url }) => url.startsWith(`${UPSTREAM}/v1/models`))).toBe(true)
})

test('an object that was evicted goes on where it was', async () => {
  upstream.list(b, a)
  await tick()
  await evictDurableObject(keeper())
  upstream.list(b)
  await tick()
  // What is missing once is only doubted, and the doubt outlives the object.
  expect((await published()).models).toHaveLength(2)
  await evictDurableObject(keeper())
  await tick()
  expect((await published()).models).toEqual([JSON.stringify(b)])
})

test('tables that earlier code has made get what they lack, and keep what they have', async () => {
  upstream.list(b, a)
  await tick()
  await runInDurableObject(keeper(), (_, { storage }) => {
    storage.sql.exec(`DROP TABLE seen`)
  })
  await evictDurableObject(keeper())
  await tick()
  await tick()
  const rows = await runInDurableObject(keeper(), (_, { storage }) =>
    storage.sql.exec(`SELECT models FROM seen`).toArray(),
  )
  expect(rows).toEqual([{ models: 2 }])
  expect((await published()).models).toHaveLength(2)
})
