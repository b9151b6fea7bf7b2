import { describe, expect, test } from 'vitest'
import { apiError, KeeperWorld, Tables } from '../../test/world/keeper-world.ts'
import { modelInfo, START, startPlus } from '../../test/world/snapshots.ts'
import { type Decoded, decode, SNAPSHOT_KEY } from '../snapshot/coding.ts'
import { ALIASES_A_SYNC, CRON_MS, SILENCE_MS, SLACK_MS } from '../timing.ts'
import type { Storage } from './storage.ts'

const models = [modelInfo('b'), modelInfo('a')]
const dated = modelInfo('a-20250101')
const aliases = { a: 'a-20250101' }
const refuse = (): Promise<never> => Promise.reject(new Error('it is down'))

function decoded(bytes: Uint8Array | null): Decoded | undefined {
  return bytes ? decode(new TextDecoder().decode(bytes)) : undefined
}

/** A world whose upstream answers the list when it is told to. */
function slowWorld(): {
  readonly world: KeeperWorld
  readonly asked: Promise<void>
  readonly answer: () => void
} {
  const world = new KeeperWorld({ models })
  const asked = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<undefined>()
  world.upstream.instead = () => (asked.resolve(), gate.promise)
  return { world, asked: asked.promise, answer: () => gate.resolve(undefined) }
}

/** Storage in which, once it is armed, this statement fails. */
function breakingAt(statement: number): {
  readonly broken: Storage
  readonly arm: () => void
  /** Gives whether it was reached. */
  readonly disarm: () => boolean
} {
  const { storage } = new Tables()
  let count: number | undefined
  const exec: Storage['sql']['exec'] = (query, ...bindings) => {
    const isBroken = count === statement
    if (count !== undefined) count += 1
    if (isBroken) throw new Error(`disk error in ${query}`)
    return storage.sql.exec(query, ...bindings)
  }
  return {
    broken: { ...storage, sql: { exec } },
    arm: () => void (count = 0),
    disarm() {
      const isReached = (count ?? 0) > statement
      count = undefined
      return isReached
    },
  }
}

describe('a knock', () => {
  test('begins one sync in each minute, whoever knocks, also after a restart', async () => {
    const world = new KeeperWorld({ models })
    expect(await world.knock()).toMatchObject({ event: 'sync', outcome: 'written', models: 2 })
    expect(await world.knock()).toBeUndefined()
    world.restart()
    await world.clock.pass(CRON_MS - SLACK_MS - 1)
    expect(await world.knock()).toBeUndefined()
    expect(world.upstream.sweeps).toBe(1)
    // The next minute's, a little early.
    await world.clock.pass(1)
    expect(await world.knock()).toMatchObject({ outcome: 'unchanged' })
    await world.clock.pass(SLACK_MS)
    expect(await world.knock()).toBeUndefined()
    expect(world.upstream.sweeps).toBe(2)
  })

  test('begins one also where the clock was ahead before', async () => {
    const world = new KeeperWorld({ models })
    world.clock.set('2036-01-01T00:00:00.000Z')
    await world.knock()
    world.clock.set(START)
    expect(await world.knock()).toMatchObject({ outcome: 'unchanged' })
  })

  test('that comes while a sync is under way joins it', async () => {
    const { answer, asked, world } = slowWorld()
    const knocks = [world.keeper.knock(), world.keeper.knock()]
    await asked
    await world.clock.pass(5000)
    knocks.push(world.keeper.knock())
    answer()
    expect((await Promise.all(knocks)).map(decoded)).toEqual([undefined, undefined, undefined])
    expect(world.upstream.sweeps).toBe(1)
    expect(world.platform.lines).toHaveLength(1)
  })

  test('gives the copy where nothing was put for half an hour, and nothing before', async () => {
    const world = new KeeperWorld({ models })
    await world.minutes(1)
    world.kv.put = refuse
    const minutes = SILENCE_MS / CRON_MS
    for (let minute = 1; minute < minutes; minute += 1) {
      await world.clock.pass(CRON_MS)
      expect(await world.keeper.knock()).toBeNull()
    }
    await world.clock.pass(CRON_MS)
    const snapshot = { models: [{ id: 'b' }, { id: 'a' }], written_at: startPlus(31 * CRON_MS) }
    expect(decoded(await world.keeper.knock())).toMatchObject({ snapshot })
  })
})

describe('a copy', () => {
  test('of an empty Keeper is the answer to its first sync, which all share', async () => {
    const { answer, asked, world } = slowWorld()
    const copies = [world.keeper.copy(), world.keeper.copy()]
    await asked
    copies.push(world.keeper.copy())
    answer()
    for (const copy of await Promise.all(copies)) {
      expect(decoded(copy)).toMatchObject({ snapshot: { models: [{ id: 'b' }, { id: 'a' }] } })
    }
    expect(world.upstream.sweeps).toBe(1)
    expect(world.kv.values.has(SNAPSHOT_KEY)).toBe(true)
  })

  test('of an empty Keeper waits for the list, and not for KV to take it', async () => {
    const world = new KeeperWorld({ models })
    const put = Promise.withResolvers<void>()
    world.kv.put = () => put.promise
    const knock = world.keeper.knock()
    expect(decoded(await world.keeper.copy())).toMatchObject({ kind: 'snapshot' })
    put.resolve()
    await knock
  })

  test('of a Keeper that has something waits for no sync', async () => {
    const world = new KeeperWorld({ models })
    await world.knock()
    await world.clock.pass(CRON_MS)
    const { reject, promise } = Promise.withResolvers<never>()
    world.upstream.instead = () => promise
    const knock = world.keeper.knock()
    expect(decoded(await world.keeper.copy())).toMatchObject({ kind: 'snapshot' })
    reject(new Error('enough'))
    await knock
  })

  test('of one whose first sync failed says so, and asks nobody again in that minute', async () => {
    const world = new KeeperWorld()
    world.upstream.instead = () => apiError(401, 'authentication_error')
    for (let time = 0; time < 3; time += 1) {
      const failure = { reason: 'unauthorized', failures: 1 }
      expect(decoded(await world.keeper.copy())).toMatchObject({ kind: 'nothing', failure })
    }
    expect(world.upstream.sweeps).toBe(1)
  })

  test('fills an isolate that nobody has ticked for', async () => {
    const world = new KeeperWorld({ models })
    const background = { waitUntil: () => undefined }
    const ask = (): Promise<Response> =>
      Promise.resolve(
        world.isolate().respond(new Request('https://models.test/v1/models'), background),
      )
    const [one, other] = await Promise.all([ask(), ask()])
    expect(one.headers.get('x-synced-at')).toBe(START)
    expect(await one.json()).toMatchObject({ data: models })
    expect(other.status).toBe(200)
    expect(world.upstream.sweeps).toBe(1)
  })
})

describe('whoever knocks', () => {
  test.each<[string, (world: KeeperWorld) => unknown]>([
    ['upstream', (world) => (world.upstream.instead = refuse)],
    ['KV, when it is written', (world) => (world.kv.put = refuse)],
    ['KV, when it is read', (world) => (world.kv.get = refuse)],
  ])('hears of no error of %s', async (_, disturb) => {
    const world = new KeeperWorld({ models })
    disturb(world)
    expect(decoded(await world.keeper.knock())).toBeDefined()
    expect(world.platform.lines).toHaveLength(1)
  })

  test.each(['nothing', 'a history'])(
    'hears of no error of storage, and the next one finds all well: where KV has %s',
    async (held) => {
      const before = new KeeperWorld({ models: [modelInfo('old'), dated] })
      await before.minutes(held === 'nothing' ? 0 : 1)
      const value = before.kv.values.get(SNAPSHOT_KEY)
      const history = before.published?.['changes'] ?? []
      for (let statement = 0, isReached = true; isReached; statement += 1) {
        const world = new KeeperWorld({ models: [modelInfo('old'), dated], aliases })
        if (value !== undefined) world.kv.values.set(SNAPSHOT_KEY, value)
        const { arm, broken, disarm } = breakingAt(statement)
        world.restart({ storage: broken })
        arm()
        await expect(world.keeper.knock(), `at statement ${statement}`).resolves.toBeDefined()
        isReached = disarm()
        const told = world.platform.lines.map(({ outcome }) => outcome)
        if (isReached) expect(told).toContainEqual(expect.stringMatching(/^(failed|provisional)$/))
        await world.minutes(1)
        expect(world.published.models).toHaveLength(2)
        expect(world.published['aliases']).toHaveLength(1)
        expect(world.published['changes']).toHaveLength(2)
        if (value !== undefined) expect(world.published['changes']).toEqual(history)
      }
    },
  )
})

test('what is too large when it is hidden no more stops no Keeper', async () => {
  const secret = modelInfo('secret', { display_name: 'x'.repeat(400_000) })
  const world = new KeeperWorld({ models: [secret, ...models] })
  await world.minutes(1)
  const big = modelInfo('big', { display_name: 'x'.repeat(1_700_000) })
  world.upstream.models = models.map((model) => JSON.stringify(model))
  await world.minutes(2)
  world.restart({ env: { HIDDEN_MODELS: 'secret' } })
  world.upstream.models = [big, ...models].map((model) => JSON.stringify(model))
  expect(await world.minutes(1)).toMatchObject({ outcome: 'written' })
  world.restart({ env: {} })
  const message = expect.stringContaining('2000000 bytes') as string
  expect(world.platform.lines.at(-1)).toMatchObject({ outcome: 'failed', message })
  expect(await world.minutes(1)).toMatchObject({ event: 'sync', models: 3 })
  expect(decoded(await world.keeper.copy())).toMatchObject({ kind: 'snapshot' })
})

test('while upstream is left alone, what there is goes to KV in its rhythm', async () => {
  const world = new KeeperWorld({ models })
  await world.minutes(1)
  world.upstream.instead = () => apiError(529, 'overloaded_error')
  const before = { puts: world.kv.puts.length, sweeps: world.upstream.sweeps }
  const backingOff = { outcome: 'skipped', reason: 'backing_off', because: 'overloaded' }
  expect(await world.minutes(7)).toMatchObject(backingOff)
  // At once that it is overloaded, then in turns.
  await world.minutes(13)
  expect(world.kv.puts.length - before.puts).toBe(1 + 20 / 5)
  expect(world.upstream.sweeps - before.sweeps).toBe(5)
  expect(world.published).toMatchObject({ failure: { reason: 'overloaded', failures: 5 } })
})

test('a minute writes no more rows than timing.ts counts for it', async () => {
  const world = new KeeperWorld({ models })
  await world.minutes(2)
  const rowsOf = async (): Promise<number> => {
    const before = { puts: world.kv.puts.length, rows: world.tables.written }
    await world.minutes(1)
    const puts = world.kv.puts.length - before.puts
    return world.tables.written - before.rows - 2 * puts
  }
  expect(await rowsOf()).toBe(3)
  const many = Array.from({ length: 12 }, (_, index) => modelInfo(`m-${index}-20250101`))
  world.upstream.models = many.map((model) => JSON.stringify(model))
  await world.minutes(3)
  expect(world.upstream.names.length).toBe(3 * ALIASES_A_SYNC)
  expect(await rowsOf()).toBeLessThanOrEqual(3 + 2 + ALIASES_A_SYNC)
})
