import { describe, expect, test } from 'vitest'
import { KeeperWorld } from '../../test/world/keeper-world.ts'
import { modelInfo, START, startPlus } from '../../test/world/snapshots.ts'
import { apiError, json } from '../../test/world/upstream.ts'
import { SYNC_LIMIT_MS } from '../timing.ts'

const [a, b] = ['a-20250101', 'b'].map((id) => modelInfo(id)) as [object, object]
const aliases = { a: 'a-20250101' }
const isAlias = (path: string): boolean => path.startsWith('/v1/models/')

/**
 * Has each answer take so long. Gives what waits for the next question and lets that time pass, or less:
 * time must not pass while this process has something to do.
 */
function delay(
  world: KeeperWorld,
  ms: number,
  answer: () => Response | undefined = () => undefined,
): (passing?: number) => Promise<void> {
  let asked = Promise.withResolvers<void>()
  world.upstream.instead = async () => {
    asked.resolve()
    await world.clock.sleep(ms)
    return answer()
  }
  return async (passing = ms) => {
    await asked.promise
    asked = Promise.withResolvers<void>()
    await world.clock.pass(passing)
  }
}

/** A page of a list that does not end with it. */
function pageOf(id: string): Response {
  return json(JSON.stringify({ data: [modelInfo(id)], has_more: true, first_id: id, last_id: id }))
}

test('each knock leaves one line that tells how it ended', async () => {
  const world = new KeeperWorld([b, a])
  // The log proves which key is used: eight digits of its hash.
  const line = { event: 'sync', key: '7504d689', ms: 0 }
  const failed = { outcome: 'failed', reason: 'overloaded' }
  const backingOff = { outcome: 'skipped', reason: 'backing_off', because: 'overloaded' }
  const steps: readonly (readonly [() => unknown, object])[] = [
    [() => undefined, { outcome: 'written', changes: 2, published: 'rhythm' }],
    [() => world.upstream.list(b), { outcome: 'doubted', changes: 0, doubted: 1 }],
    [() => undefined, { outcome: 'written', changes: 1, published: 'change' }],
    [
      () => (world.upstream.instead = () => apiError(529, 'overloaded_error')),
      { ...failed, failures: 1, published: 'status' },
    ],
    [() => undefined, { ...failed, failures: 2, published: 'rhythm' }],
    [() => undefined, backingOff],
    [
      () => {
        world.kv.put = () => Promise.reject(new Error('KV is down'))
        world.restart({ env: { HIDDEN_MODELS: 'b' } })
      },
      { ...failed, failures: 3, published: 'failed' },
    ],
  ]
  const ages: unknown[] = []
  const counts: unknown[] = []
  for (const [happens, expected] of steps) {
    happens()
    const { age_s, models, ...rest } = (await world.minutes(1)) ?? {}
    expect(rest).toEqual({ ...line, ...expected })
    // No timer outlives its sync.
    expect(world.clock.sleepers).toBe(0)
    ages.push(age_s)
    counts.push(models)
  }
  expect(ages).toEqual([0, 60, 0, 60, 120, 180, 240])
  expect(counts).toEqual([2, 2, 1, 1, 1, 1, 1])
})

test('a sync commits and publishes the list before it asks for aliases, and them after', async () => {
  const world = new KeeperWorld([b, a])
  world.upstream.aliases = aliases
  const steps: unknown[] = []
  const { put } = world.kv
  world.kv.put = async (key, value) => {
    await put(key, value)
    steps.push([world.published.models.length, world.published.aliases.length])
  }
  world.upstream.instead = (path) => void steps.push(isAlias(path) ? path : 'the list')
  await world.knock()
  expect(steps).toEqual(['the list', [2, 0], '/v1/models/a', [2, 1]])
  await world.minutes(58)
  expect(world.upstream.names).toEqual(['a'])
  // What was put is told also where the aliases had nothing to add.
  expect(await world.minutes(2)).toMatchObject({ outcome: 'unchanged', published: 'rhythm' })
  expect(world.upstream.names).toEqual(['a', 'a'])
  expect(steps.slice(-3)).toEqual(['the list', [2, 1], '/v1/models/a'])
})

describe('an upstream that is slow', () => {
  test('is waited for 20 seconds, and everything is kept', async () => {
    const world = new KeeperWorld([b, a])
    await world.minutes(1)
    const before = world.tables.content()
    const next = delay(world, 9000, () => pageOf(`page-${world.upstream.sweeps}`))
    const knock = world.minutes(1)
    for (const passing of [9000, 9000, SYNC_LIMIT_MS - 18_000]) await next(passing)
    const message = 'The sync took more than 20000 ms'
    const line = { outcome: 'failed', reason: 'timeout', message, ms: SYNC_LIMIT_MS }
    expect(await knock).toMatchObject(line)
    expect(world.tables.content()).toBe(before)
    expect(world.published.failure).toMatchObject({ reason: 'timeout', failures: 1 })
    // It is tried again at the next knock.
    world.upstream.instead = () => undefined
    expect(await world.minutes(1)).toMatchObject({ outcome: 'unchanged', published: 'status' })
    expect(world.published.failure).toBeNull()
  })

  test('with a name is waited for no longer, and the list is as old as the question', async () => {
    const world = new KeeperWorld([b, a])
    const pages = [pageOf('c')]
    const next = delay(world, 9000, () => pages.shift())
    const knock = world.knock()
    for (const passing of [9000, 9000, SYNC_LIMIT_MS - 18_000]) await next(passing)
    expect(await knock).toMatchObject({ outcome: 'written', age_s: 20, ms: SYNC_LIMIT_MS })
    expect(world.published).toMatchObject({ synced_at: START, written_at: startPlus(18_000) })
    expect(world.published.models).toHaveLength(3)
  })
})

test('names that upstream fails to tell are no failure; hidden ones are asked of nobody', async () => {
  const env = { HIDDEN_MODELS: 'hidden*', EXTRA_ALIASES: 'hidden-name, name' }
  const world = new KeeperWorld([b, a, modelInfo('hidden-20250101')], env)
  world.upstream.aliases = aliases
  world.upstream.instead = (path) => (isAlias(path) ? apiError(500, 'api_error') : undefined)
  expect(await world.minutes(1)).toMatchObject({ outcome: 'written', changes: 2 })
  expect(world.upstream.names).toEqual(['name', 'a'])
  expect(world.published).toMatchObject({ failure: null, aliases: [] })
  world.upstream.instead = () => undefined
  await world.minutes(1)
  expect(world.published.aliases).toEqual([{ alias: 'a', id: 'a-20250101' }])
})
