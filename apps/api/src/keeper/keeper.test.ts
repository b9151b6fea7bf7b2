import { describe, expect, test } from 'vitest'
import { KeeperWorld } from '../../test/world/keeper-world.ts'
import { modelInfo, START, startPlus } from '../../test/world/snapshots.ts'
import { Tables } from '../../test/world/tables.ts'
import { apiError } from '../../test/world/upstream.ts'
import { type Decoded, decode, SNAPSHOT_KEY } from '../snapshot/coding.ts'
import { CRON_MS, SILENCE_MS, SLACK_MS } from '../timing.ts'
import type { Storage } from './storage.ts'
import { SCHEMA } from './tables.ts'

const models = [modelInfo('b'), modelInfo('a')]
const listed = { kind: 'snapshot', snapshot: { models: [{ id: 'b' }, { id: 'a' }] } }
const refuse = (): Promise<never> => Promise.reject(new Error('it is down'))

function decoded(bytes: Uint8Array | null): Decoded | undefined {
  return bytes ? decode(new TextDecoder().decode(bytes)) : undefined
}

describe('a knock', () => {
  test('begins one sync in each minute, whoever knocks, also after a restart', async () => {
    const world = new KeeperWorld(models)
    expect(await world.knock()).toMatchObject({ outcome: 'written' })
    expect(await world.knock()).toBeUndefined()
    world.restart()
    await world.clock.pass(CRON_MS - SLACK_MS - 1)
    expect(await world.knock()).toBeUndefined()
    // The next minute's, a little early.
    await world.clock.pass(1)
    expect(await world.knock()).toMatchObject({ outcome: 'unchanged' })
    await world.clock.pass(SLACK_MS)
    expect(await world.knock()).toBeUndefined()
    expect(world.upstream.sweeps).toBe(2)
    // A clock that was ahead holds nothing up.
    for (const time of ['2036-01-01T00:00:00.000Z', START]) {
      world.clock.set(time)
      expect(await world.knock()).toMatchObject({ outcome: 'unchanged' })
    }
  })

  test('gives the copy where nothing was put for half an hour, and nothing before', async () => {
    const world = new KeeperWorld(models)
    await world.minutes(1)
    world.kv.put = refuse
    const minutes = SILENCE_MS / CRON_MS
    for (let minute = 1; minute < minutes; minute += 1) {
      await world.clock.pass(CRON_MS)
      expect(await world.keeper.knock()).toBeNull()
    }
    await world.clock.pass(CRON_MS)
    const copy = decoded(await world.keeper.knock())
    expect(copy).toMatchObject({ snapshot: { written_at: startPlus(31 * CRON_MS) } })
    expect(copy).toMatchObject(listed)
  })
})

describe('a copy of an empty Keeper', () => {
  test('is the answer to its first sync, which all share, and does not wait for KV', async () => {
    const world = new KeeperWorld(models)
    const asked = Promise.withResolvers<void>()
    const answer = Promise.withResolvers<undefined>()
    const put = Promise.withResolvers<void>()
    world.upstream.instead = () => (asked.resolve(), answer.promise)
    world.kv.put = () => put.promise
    const knocks = [world.keeper.knock()]
    const copies = [world.keeper.copy()]
    await asked.promise
    await world.clock.pass(5000)
    knocks.push(world.keeper.knock())
    copies.push(world.keeper.copy())
    answer.resolve(undefined)
    for (const copy of await Promise.all(copies)) expect(decoded(copy)).toMatchObject(listed)
    put.resolve()
    expect(await Promise.all(knocks)).toEqual([null, null])
    expect(world.upstream.sweeps).toBe(1)
    expect(world.platform.lines).toHaveLength(1)

    // Now that there is something, a copy waits for no sync.
    await world.clock.pass(CRON_MS)
    const never = Promise.withResolvers<never>()
    world.upstream.instead = () => never.promise
    const knock = world.keeper.knock()
    expect(decoded(await world.keeper.copy())).toMatchObject(listed)
    never.reject(new Error('enough'))
    await knock
  })

  test('says how its first sync failed, and asks nobody again in that minute', async () => {
    const world = new KeeperWorld()
    world.upstream.instead = () => apiError(401, 'authentication_error')
    for (let time = 0; time < 3; time += 1) {
      const failure = { reason: 'unauthorized', failures: 1 }
      expect(decoded(await world.keeper.copy())).toMatchObject({ kind: 'nothing', failure })
    }
    expect(world.upstream.sweeps).toBe(1)
  })
})

describe('whatever statement fails in the storage', () => {
  const known = [modelInfo('old'), modelInfo('a-20250101')]

  test.each(['nothing', 'a history'])(
    'nobody hears of it, and the next knock finds all well: where KV has %s',
    async (held) => {
      const before = new KeeperWorld(known)
      if (held === 'a history') await before.minutes(1)
      const value = before.kv.values.get(SNAPSHOT_KEY)
      for (let statement = 0, isReached = true; isReached; statement += 1) {
        const world = new KeeperWorld(known)
        world.upstream.aliases = { a: 'a-20250101' }
        if (value !== undefined) world.kv.values.set(SNAPSHOT_KEY, value)
        const { storage } = world.tables
        let count = -Infinity
        const exec: Storage['sql']['exec'] = (query, ...bindings) => {
          count += 1
          if (count === statement + 1) throw new Error(`disk error in ${query}`)
          return storage.sql.exec(query, ...bindings)
        }
        world.restart({ tables: new Tables({ ...storage, sql: { exec } }) })
        count = 0
        await expect(world.keeper.knock(), `at statement ${statement}`).resolves.toBeDefined()
        isReached = count > statement
        count = -Infinity
        const outcomes = world.platform.lines.map(({ outcome }) => outcome)
        if (isReached)
          expect(outcomes).toContainEqual(expect.stringMatching(/^(failed|provisional)$/))
        await world.minutes(1)
        const { aliases, changes, models: kept } = world.published
        expect([kept.length, aliases.length, changes.length]).toEqual([2, 1, 2])
        if (value !== undefined) expect(changes).toEqual(before.published.changes)
      }
    },
  )
})

describe('another configuration', () => {
  test('hides what is published from the next knock on, also while upstream fails', async () => {
    const world = new KeeperWorld(models)
    await world.knock()
    const { changed_at } = world.published
    world.upstream.instead = refuse
    world.restart({ env: { HIDDEN_MODELS: 'b' } })
    await world.minutes(1)
    expect(JSON.stringify(world.published)).not.toContain('"b"')
    expect(world.published.changed_at > changed_at).toBe(true)
  })

  test('that shows what is too large stops no Keeper', async () => {
    const secret = modelInfo('secret', { display_name: 'x'.repeat(400_000) })
    const world = new KeeperWorld([secret, ...models])
    await world.minutes(1)
    world.upstream.list(...models)
    await world.minutes(2)
    world.restart({ env: { HIDDEN_MODELS: 'secret' } })
    const huge = modelInfo('huge', { display_name: 'x'.repeat(1_700_000) })
    world.upstream.list(huge, ...models)
    await world.minutes(1)
    world.restart()
    const message = expect.stringContaining('2000000 bytes') as string
    const line = { event: 'sync', outcome: 'failed', reason: 'internal', message }
    expect(world.platform.lines.at(-1)).toEqual(line)
    expect(await world.minutes(1)).toMatchObject({ event: 'sync', models: 3 })
    expect(decoded(await world.keeper.copy())).toMatchObject({ kind: 'snapshot' })
  })
})

test('tables of later code are served, and not written', async () => {
  const world = new KeeperWorld(models)
  await world.knock()
  const text = world.kv.values.get(SNAPSHOT_KEY)
  world.tables.storage.sql.exec('UPDATE schema SET number = ?', SCHEMA + 1)
  world.restart({ env: { HIDDEN_MODELS: 'b' } })
  const { written } = world.tables
  world.upstream.list()
  expect(await world.minutes(2)).toMatchObject({ outcome: 'skipped', reason: 'later_schema' })
  expect(world.tables.written).toBe(written)
  expect(world.kv.values.get(SNAPSHOT_KEY)).toBe(text)
  expect(decoded(await world.keeper.copy())).toMatchObject({ snapshot: { models: [{ id: 'a' }] } })
})
