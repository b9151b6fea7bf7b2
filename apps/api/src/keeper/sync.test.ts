import { describe, expect, test } from 'vitest'
import { apiError, json, KeeperWorld } from '../../test/world/keeper-world.ts'
import { modelInfo, START, startPlus } from '../../test/world/snapshots.ts'
import { SYNC_LIMIT_MS } from '../timing.ts'

const models = [modelInfo('b'), modelInfo('a-20250101')]
const aliases = { a: 'a-20250101' }

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

/** Another page of a list each time. */
function endless(world: KeeperWorld): () => Response {
  return () => {
    const id = `page-${world.upstream.sweeps}`
    const ends = { has_more: true, first_id: id, last_id: id }
    return json(JSON.stringify({ data: [modelInfo(id)], ...ends }))
  }
}

describe('a sync', () => {
  test('commits and publishes the list before it asks for aliases, and them after', async () => {
    const world = new KeeperWorld({ models, aliases })
    const steps: unknown[] = []
    const { put } = world.kv
    world.kv.put = (key, value) => {
      const { aliases: found, models: listed } = JSON.parse(value) as Record<string, unknown[]>
      steps.push({ models: listed?.length, aliases: found?.length })
      return put(key, value)
    }
    world.upstream.instead = (path) => void steps.push(path.slice(0, '/v1/models/a'.length))
    expect(await world.knock()).toMatchObject({ outcome: 'written', changes: 2 })
    expect(steps).toEqual([
      '/v1/models?l',
      { models: 2, aliases: 0 },
      '/v1/models/a',
      { models: 2, aliases: 1 },
    ])
  })

  test('says when upstream was asked, not when it was done', async () => {
    const world = new KeeperWorld({ models: [modelInfo('b')] })
    const next = delay(world, 5000)
    const knock = world.knock()
    await next()
    expect(await knock).toMatchObject({ age_s: 5, ms: 5000 })
    expect(world.published).toMatchObject({ synced_at: START, written_at: startPlus(5000) })
  })

  test('tells in the log what it put, also where the aliases had nothing to add', async () => {
    const world = new KeeperWorld({ models, aliases })
    await world.knock()
    await world.minutes(58)
    const { names } = world.upstream
    const puts = world.kv.puts.length
    expect(await world.minutes(2)).toMatchObject({ outcome: 'unchanged', published: 'rhythm' })
    expect(world.upstream.names.length).toBe(names.length + 1)
    expect(world.kv.puts.length).toBe(puts + 1)
  })

  test('that is slow, answer for answer in time, ends after 20 seconds and keeps what was', async () => {
    const world = new KeeperWorld({ models })
    await world.minutes(1)
    const before = world.tables.content()
    const next = delay(world, 9000, endless(world))
    const knock = world.minutes(1)
    for (const passing of [9000, 9000, SYNC_LIMIT_MS - 18_000]) await next(passing)
    expect(await knock).toMatchObject({ outcome: 'failed', reason: 'timeout', ms: SYNC_LIMIT_MS })
    expect(world.tables.content()).toBe(before)
    expect(world.published).toMatchObject({ failure: { reason: 'timeout', failures: 1 } })
    // It is tried again at the next knock.
    world.upstream.instead = () => undefined
    expect(await world.minutes(1)).toMatchObject({ outcome: 'unchanged' })
  })

  test('that fails is told of, and the next one that does not takes it back', async () => {
    const world = new KeeperWorld({ models })
    await world.minutes(1)
    world.upstream.instead = () => apiError(401, 'authentication_error')
    const line = { outcome: 'failed', reason: 'unauthorized', failures: 1, published: 'status' }
    expect(await world.minutes(1)).toMatchObject(line)
    expect(world.published).toMatchObject({ failure: { reason: 'unauthorized' } })
    world.upstream.instead = () => undefined
    expect(await world.minutes(1)).toMatchObject({ outcome: 'unchanged', published: 'status' })
    expect(world.published).toMatchObject({ failure: null })
  })
})

describe('aliases', () => {
  test('that upstream fails to tell are no failure of the sync', async () => {
    const world = new KeeperWorld({ models, aliases })
    world.upstream.instead = (path) => (isAlias(path) ? apiError(500, 'api_error') : undefined)
    expect(await world.knock()).toMatchObject({ outcome: 'written', changes: 2 })
    expect(world.published).toMatchObject({ failure: null, aliases: [] })
    world.upstream.instead = () => undefined
    await world.minutes(1)
    expect(world.published).toMatchObject({ aliases: [{ alias: 'a', id: 'a-20250101' }] })
  })

  test('that hang are waited for no longer than a sync may take', async () => {
    const world = new KeeperWorld({ models, aliases })
    const pages = [endless(world), () => undefined]
    const next = delay(world, 9000, () => pages.shift()?.())
    const knock = world.knock()
    await next()
    await next()
    // The name is asked for with two seconds left, and its answer would take nine.
    await next(SYNC_LIMIT_MS - 18_000)
    expect(await knock).toMatchObject({ outcome: 'written', published: 'rhythm' })
    expect(world.clock.now()).toBe(Date.parse(START) + SYNC_LIMIT_MS)
    expect(world.published.models).toHaveLength(3)
  })

  test('that are hidden are asked of nobody', async () => {
    const env = { HIDDEN_MODELS: 'a,secret*', EXTRA_ALIASES: 'secret-name, name' }
    const world = new KeeperWorld({ models, aliases, env })
    await world.knock()
    expect(world.upstream.names).toEqual(['name'])
  })
})

function isAlias(path: string): boolean {
  return path.startsWith('/v1/models/')
}
