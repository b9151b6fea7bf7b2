import { describe, expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import {
  KeeperWorld,
  platformAt,
  SOURCE,
  Tables,
  visibilityOf,
} from '../../test/world/keeper-world.ts'
import { FakeKv } from '../../test/world/kv.ts'
import { modelInfo, modelOf, snapshotOf, START, textOf } from '../../test/world/snapshots.ts'
import { SNAPSHOT_KEY } from '../snapshot/coding.ts'
import { KV_PATIENCE_MS, PUT_LIMIT_MS } from '../timing.ts'
import { publish } from './publish.ts'
import { findOrigin, type Origin } from './restore.ts'

const UNREADABLE_KEY = `${SNAPSHOT_KEY}:unreadable`
const readFailed = { kind: 'unknown', reason: 'kv_read_failed' }
const refuse = (): Promise<never> => Promise.reject(new Error('KV is down'))
const keepSilent = (): Promise<never> => new Promise(() => undefined)

/** Empty tables, and a KV that has this. */
class Loss {
  readonly clock = new Clock(START)
  readonly kv = new FakeKv()
  readonly tables = new Tables()
  readonly parts = {
    kv: this.kv.binding,
    platform: platformAt(this.clock),
    storage: this.tables.storage,
    visibility: visibilityOf(),
  }

  constructor(text?: string) {
    if (text !== undefined) this.kv.values.set(SNAPSHOT_KEY, text)
  }

  findOrigin(): Promise<Origin> {
    return findOrigin(this.parts)
  }
}

describe('a Keeper with tables', () => {
  test('does not ask KV', async () => {
    const loss = new Loss()
    loss.kv.get = refuse
    loss.tables.commit([modelOf('m')])
    expect(await loss.findOrigin()).toEqual({ kind: 'tables' })
  })
})

describe('a Keeper without', () => {
  test.each([[[]], [[UNREADABLE_KEY]], [[`${SNAPSHOT_KEY}0`]]])(
    'believes that KV has nothing where the keys are %j',
    async (keys) => {
      const loss = new Loss()
      for (const key of keys) loss.kv.values.set(key, 'anything')
      expect(await loss.findOrigin()).toEqual({ kind: 'nothing' })
    },
  )

  test.each<[string, (kv: FakeKv) => void]>([
    ['denies what its list of keys names', (kv) => (kv.get = () => Promise.resolve(null))],
    ['cannot be read', (kv) => (kv.get = refuse)],
    ['is silent', (kv) => (kv.get = keepSilent)],
    ['has nothing, and no list of keys', (kv) => denyAll(kv, refuse)],
    ['has nothing, and is silent about its keys', (kv) => denyAll(kv, keepSilent)],
  ])('knows nothing where KV %s, and leaves all as it is', async (_, disturb) => {
    const value = textOf(snapshotOf({ models: [modelOf('m')] }))
    const loss = new Loss(value)
    disturb(loss.kv)
    const origin = loss.findOrigin()
    await loss.clock.pass(2 * KV_PATIENCE_MS)
    expect(await origin).toEqual(readFailed)
    expect(loss.tables.rows.current()).toBeUndefined()
    expect([...loss.kv.values]).toEqual([[SNAPSHOT_KEY, value]])
  })

  test('passes over a value of a later format', async () => {
    const loss = new Loss('{"format":3,"models":{}}')
    expect(await loss.findOrigin()).toEqual({ kind: 'unknown', reason: 'kv_later_format' })
    expect(loss.kv.puts).toEqual([])
  })

  test.each(['', 'null', '{"format":2', '{"format":1,"models":[]}', '[]'])(
    'sets aside what is no snapshot: %s',
    async (text) => {
      const loss = new Loss(text)
      expect(await loss.findOrigin()).toEqual({ kind: 'nothing' })
      expect(loss.kv.puts).toEqual([{ key: UNREADABLE_KEY, value: text }])
    },
  )

  test.each([refuse, keepSilent])('does not go on where that cannot be done', async (put) => {
    const loss = new Loss('no snapshot')
    loss.kv.put = put
    const origin = loss.findOrigin()
    await loss.clock.pass(PUT_LIMIT_MS)
    expect(await origin).toEqual(readFailed)
  })
})

/** A Keeper's life that leaves something of every kind: models, aliases, history, failures. */
async function life(): Promise<KeeperWorld> {
  const world = new KeeperWorld({
    models: [modelInfo('m-20250101', { max_tokens: 1 }), modelInfo('old')],
    aliases: { m: 'm-20250101' },
  })
  await world.minutes(1)
  // As JavaScript would not write them: what is adopted must be the same text.
  const odd = '{"id":"m-20250101","type":"model","max_tokens":1.0,"7":"\\u0041","__proto__":{}}'
  world.upstream.models = [JSON.stringify(modelInfo('new')), odd]
  await world.minutes(3)
  world.upstream.instead = () => refuse()
  await world.minutes(1)
  return world
}

describe('what KV holds', () => {
  test('is taken over whole: content, times, failure, and that it was put', async () => {
    const world = await life()
    const value = world.kv.values.get(SNAPSHOT_KEY) ?? ''
    for (const part of ['"alias":"m"', '1.0', '\\\\u0041', '__proto__', 'removed', 'unreachable']) {
      expect(value).toContain(part)
    }
    const loss = new Loss(value)
    loss.clock.set(new Date(world.clock.now()).toISOString())
    expect(await loss.findOrigin()).toEqual({ kind: 'tables' })
    expect(value.endsWith(loss.tables.content().slice(1))).toBe(true)
    const { synced_at, changed_at, tag, complete_from } = world.tables.catalog
    expect(loss.tables.catalog).toMatchObject({ synced_at, changed_at, tag, complete_from })
    expect(loss.tables.rows.keeper().failure).toEqual(world.tables.rows.keeper().failure)
    expect(await publish(loss.parts)).toEqual({ kind: 'not due' })
  })

  test('is gone on from: revision, places and changes rise', async () => {
    const world = await life()
    const before = world.published as unknown as { revision: number; changes: { id: string }[] }
    world.upstream.instead = () => undefined
    world.restart({ storage: new Tables().storage })
    // The clock of this one is behind.
    world.clock.set('2026-11-20T11:00:00.000Z')
    world.upstream.models = [JSON.stringify(modelInfo('later')), ...world.upstream.models]
    await world.minutes(1)
    const after = world.published as unknown as typeof before
    expect(after.revision).toBeGreaterThan(before.revision)
    expect(after.changes.slice(1)).toEqual(before.changes)
    expect(after.changes[0]).toMatchObject({ model_id: 'later', change: 'released' })
    expect(after.changes[0]!.id > before.changes[0]!.id).toBe(true)
  })

  test('is taken over also while upstream fails, and it is told that it does', async () => {
    const before = await life()
    const world = new KeeperWorld()
    world.clock.set(new Date(before.clock.now()).toISOString())
    world.upstream.instead = () => refuse()
    world.kv.get = refuse
    expect(await world.minutes(1)).toMatchObject({ outcome: 'failed', failures: 1 })
    expect(world.tables.rows.current()).toBeUndefined()
    world.kv.get = () => Promise.resolve(before.kv.values.get(SNAPSHOT_KEY) ?? null)
    await world.minutes(5)
    expect(world.published).toMatchObject({
      models: before.published.models,
      changes: before.published['changes'],
      changed_at: before.published['changed_at'],
      failure: { reason: 'unreachable' },
    })
  })

  test('of what is hidden by now comes to nobody', async () => {
    const models = [modelOf('secret'), modelOf('m')]
    const loss = new Loss(textOf(snapshotOf({ models, source: SOURCE })))
    Object.assign(loss.parts, { visibility: visibilityOf('secret') })
    await loss.findOrigin()
    expect(loss.tables.content('secret')).not.toContain('secret')
    loss.tables.commit(models, { hidden: 'secret' })
    expect(loss.tables.rows.models(1).map(({ id }) => id)).toEqual(['m'])
  })
})

function denyAll(kv: FakeKv, list: FakeKv['list']): void {
  kv.get = () => Promise.resolve(null)
  kv.list = list
}
