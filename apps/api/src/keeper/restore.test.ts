import { describe, expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import { KeeperWorld } from '../../test/world/keeper-world.ts'
import { FakeKv } from '../../test/world/kv.ts'
import { platformOn } from '../../test/world/platform.ts'
import { modelInfo, modelsOf, snapshotOf, START, textOf } from '../../test/world/snapshots.ts'
import { Tables, visibilityOf } from '../../test/world/tables.ts'
import { SNAPSHOT_KEY } from '../snapshot/coding.ts'
import { KV_PATIENCE_MS } from '../timing.ts'
import { publish } from './publish.ts'
import { findOrigin, type Origin } from './restore.ts'

const UNREADABLE_KEY = `${SNAPSHOT_KEY}:unreadable`
const refuse = (): Promise<never> => Promise.reject(new Error('KV is down'))
const keepSilent = (): Promise<never> => new Promise(() => undefined)
const deny = (): Promise<null> => Promise.resolve(null)

/** Empty tables, and a KV that has this. */
class Loss {
  readonly clock = new Clock(START)
  readonly kv = new FakeKv()
  readonly tables = new Tables()
  readonly parts

  constructor(values: Readonly<Record<string, string>>, hidden = '') {
    for (const [key, value] of Object.entries(values)) this.kv.values.set(key, value)
    const { clock, kv, tables } = this
    const { storage } = tables
    this.parts = { kv, storage, platform: platformOn(clock), visibility: visibilityOf(hidden) }
  }

  async findOrigin(): Promise<Origin> {
    const origin = findOrigin(this.parts)
    await this.clock.pass(2 * KV_PATIENCE_MS)
    return origin
  }
}

describe('a Keeper without tables', () => {
  test.each([{}, { [UNREADABLE_KEY]: 'x' }, { [`${SNAPSHOT_KEY}0`]: 'x' }])(
    'believes that KV has nothing where its list of keys says so: %j',
    async (values) => {
      expect(await new Loss(values).findOrigin()).toEqual({ kind: 'nothing' })
    },
  )

  const value = textOf(snapshotOf({ models: modelsOf('m') }))

  test.each<[string, string, Partial<FakeKv>]>([
    ['denies what its list of keys names', value, { get: deny }],
    ['cannot be read', value, { get: refuse }],
    ['is silent', value, { get: keepSilent }],
    ['has nothing, and no list of keys', value, { get: deny, list: refuse }],
    ['has nothing, and is silent about its keys', value, { get: deny, list: keepSilent }],
    ['cannot set aside what is no snapshot', 'no snapshot', { put: refuse }],
    ['is silent about that', 'no snapshot', { put: keepSilent }],
    ['has a value of a later format', '{"format":3,"models":{}}', { put: refuse }],
  ])('knows nothing where KV %s, and leaves all as it is', async (_, held, instead) => {
    const loss = new Loss({ [SNAPSHOT_KEY]: held })
    Object.assign(loss.kv, instead)
    const reason = held.includes('"format":3') ? 'kv_later_format' : 'kv_read_failed'
    expect(await loss.findOrigin()).toEqual({ kind: 'unknown', reason })
    expect(loss.tables.rows.current()).toBeUndefined()
    expect([...loss.kv.values]).toEqual([[SNAPSHOT_KEY, held]])
  })

  test('sets aside what is no snapshot', async () => {
    const loss = new Loss({ [SNAPSHOT_KEY]: '' })
    expect(await loss.findOrigin()).toEqual({ kind: 'nothing' })
    expect(loss.kv.values.get(UNREADABLE_KEY)).toBe('')
  })

  test('puts nothing that KV has already', async () => {
    const loss = new Loss({ [SNAPSHOT_KEY]: value })
    await findOrigin(loss.parts)
    expect(await publish(loss.parts)).toEqual({ kind: 'not due' })
  })

  test('takes over nothing of what is hidden by now', async () => {
    const text = textOf(snapshotOf({ models: modelsOf('secret m') }))
    const loss = new Loss({ [SNAPSHOT_KEY]: text }, 'secret')
    expect(await loss.findOrigin()).toEqual({ kind: 'tables' })
    expect(loss.tables.content('secret')).not.toContain('secret')
    expect(loss.tables.catalog.hidden).toBe('secret')
  })
})

test('what KV holds is taken over whole: content, times, failure, and that it was put', async () => {
  const world = new KeeperWorld([modelInfo('m-20250101', { max_tokens: 1 }), modelInfo('old')])
  world.upstream.aliases = { m: 'm-20250101' }
  await world.minutes(1)
  // As JavaScript would not write them: what is taken over must be the same text.
  const odd = '{"id":"m-20250101","type":"model","max_tokens":1.0,"7":"\\u0041","__proto__":{}}'
  world.upstream.texts = [JSON.stringify(modelInfo('new')), odd]
  await world.minutes(3)
  world.upstream.instead = refuse
  await world.minutes(1)
  const value = world.kv.values.get(SNAPSHOT_KEY) ?? ''
  for (const part of ['"alias":"m"', '1.0', '\\\\u0041', '__proto__', 'removed', 'unreachable']) {
    expect(value).toContain(part)
  }

  const { parts, tables, ...loss } = new Loss({ [SNAPSHOT_KEY]: value })
  loss.clock.set(new Date(world.clock.now()).toISOString())
  expect(await findOrigin(parts)).toEqual({ kind: 'tables' })
  expect(value.endsWith(tables.content().slice(1))).toBe(true)
  const { synced_at, changed_at, tag, complete_from } = world.tables.catalog
  expect(tables.catalog).toMatchObject({ synced_at, changed_at, tag, complete_from })
  const before = world.published
  const { failure, revision } = before
  expect(tables.rows.keeper()).toMatchObject({ failure, revision: revision + 1 })
  expect(await publish(parts)).toEqual({ kind: 'not due' })
  // From now on KV is not asked.
  loss.kv.get = refuse
  expect(await findOrigin(parts)).toEqual({ kind: 'tables' })

  // Also while upstream fails, as soon as KV can be read.
  const { get } = world.kv
  world.kv.get = refuse
  world.restart({ tables: new Tables() })
  expect(await world.minutes(1)).toMatchObject({ outcome: 'failed', failures: 1 })
  expect(world.tables.rows.current()).toBeUndefined()
  const asked: string[] = []
  world.kv.get = (key) => {
    asked.push(key)
    return get(key)
  }
  await world.minutes(5)
  expect(asked).toEqual([SNAPSHOT_KEY])
  expect(world.published.written_at > before.written_at).toBe(true)
  const { changes, models } = before
  expect(world.published).toMatchObject({ changes, models, changed_at: before.changed_at })
})
