import { describe, expect, test } from 'vitest'
import { KeeperWorld } from '../../test/world/keeper-world.ts'
import { modelInfo, modelOf, NOW, snapshotOf, START, textOf } from '../../test/world/snapshots.ts'
import { Tables, visibilityOf } from '../../test/world/tables.ts'
import { apiError, UPSTREAM } from '../../test/world/upstream.ts'
import { decode, namesPastNames, SNAPSHOT_KEY } from '../snapshot/coding.ts'
import type { StoredModel } from '../snapshot/model.ts'
import type { PastName } from '../snapshot/snapshot.ts'
import { rememberAliases, rememberModels, type Turn } from './past-names.ts'
import { sealVisibility } from './seal.ts'

const DATED = 'claude-a-20250101'
const NEXT = 'claude-a-20260101'

/** A Keeper that has found out what `claude-a` stands for. */
async function started(...more: ConstructorParameters<typeof KeeperWorld>): Promise<KeeperWorld> {
  const world = new KeeperWorld(...more)
  world.upstream.aliases = { 'claude-a': DATED }
  await world.minutes(2)
  return world
}

const models = [modelInfo(NEXT), modelInfo(DATED)]

function pastIn(world: KeeperWorld): readonly PastName[] {
  return (world.published as unknown as { past_names: readonly PastName[] }).past_names
}

/** What happened to aliases, oldest first. */
function aliasEvents(world: KeeperWorld): readonly object[] {
  return world.published.changes
    .filter(({ alias }) => alias !== undefined)
    .map(({ change, model_id, alias, stands_for }) => ({ change, model_id, alias, stands_for }))
    .toReversed()
}

describe('an alias', () => {
  test('that two answers in a row do not know is a past one for good, and the history tells', async () => {
    const world = await started(models)
    expect([pastIn(world), aliasEvents(world)]).toEqual([[], []])
    world.upstream.aliases = {}
    await world.minutes(62)
    const since = expect.stringMatching(/^2026-11-20T13:/) as string
    expect(pastIn(world)).toEqual([{ name: 'claude-a', id: DATED, since }])
    const ended = { change: 'alias_ended', model_id: DATED, alias: 'claude-a' }
    expect(aliasEvents(world)).toEqual([{ ...ended, stands_for: { from: DATED, to: null } }])
    const [event] = world.published.changes
    expect(event).toMatchObject({ at: pastIn(world)[0]?.since, seeded: false })
    // It is asked for again and again, and says so only once.
    await world.minutes(125)
    expect(aliasEvents(world)).toHaveLength(1)
    expect(pastIn(world)).toHaveLength(1)
  })

  test('of a model that retires ends within minutes, and waits for no turn of its own', async () => {
    const world = await started(models)
    world.upstream.aliases = {}
    world.upstream.list(modelInfo(NEXT), modelInfo(DATED, { lifecycle: 'retired' }))
    await world.minutes(3)
    expect(pastIn(world)).toMatchObject([{ name: 'claude-a', id: DATED }])
    expect(world.published.changes.map(({ change }) => change)).toEqual(
      expect.arrayContaining(['retired', 'alias_ended']),
    )
  })

  test('of a model that changes otherwise waits for its turn', async () => {
    const world = await started(models)
    let asked = 0
    world.upstream.instead = (path) => {
      if (path === '/v1/models/claude-a') asked += 1
      return undefined
    }
    world.upstream.list(modelInfo(NEXT), modelInfo(DATED, { max_tokens: 5 }))
    await world.minutes(3)
    expect([world.published.changes[0]?.change, asked]).toEqual(['changed', 0])
  })

  test('that one answer does not know is what it was', async () => {
    const world = await started(models)
    let refused = 0
    world.upstream.instead = (path) => {
      if (path !== '/v1/models/claude-a' || refused > 0) return undefined
      refused += 1
      return apiError(404, 'not_found_error')
    }
    await world.minutes(130)
    expect([refused, pastIn(world), aliasEvents(world)]).toEqual([1, [], []])
  })

  test('that moves says where from and where to; that it is heard of is no event', async () => {
    const world = await started(models)
    world.upstream.aliases = { 'claude-a': NEXT }
    await world.minutes(62)
    const moved = { change: 'alias_moved', model_id: NEXT, alias: 'claude-a' }
    expect(aliasEvents(world)).toEqual([{ ...moved, stands_for: { from: DATED, to: NEXT } }])
    expect(pastIn(world)).toEqual([])
  })

  test('that is used again is no past one any more, and the history tells', async () => {
    const world = await started(models)
    world.upstream.aliases = {}
    await world.minutes(62)
    world.upstream.aliases = { 'claude-a': NEXT }
    await world.minutes(62)
    expect(pastIn(world)).toEqual([])
    expect(aliasEvents(world).at(-1)).toMatchObject({
      change: 'alias_moved',
      stands_for: { from: null, to: NEXT },
    })
  })

  test('ends with a model that is listed no longer, and both are remembered', async () => {
    const gone = modelInfo(DATED, { capabilities: { batch: { supported: true } } })
    const world = await started([modelInfo('claude-b-20250101'), gone])
    world.upstream.aliases = { 'claude-a': DATED, 'claude-b': 'claude-b-20250101' }
    await world.minutes(62)
    world.upstream.list(modelInfo('claude-b-20250101'))
    await world.minutes(2)
    expect(world.published.aliases).toEqual([{ alias: 'claude-b', id: 'claude-b-20250101' }])
    expect(pastIn(world)).toEqual([
      { name: 'claude-a', id: DATED, since: expect.any(String) as string },
      {
        name: DATED,
        id: DATED,
        since: expect.any(String) as string,
        json: JSON.stringify(gone),
      },
    ])
    expect(aliasEvents(world)).toMatchObject([{ change: 'alias_ended', model_id: DATED }])
    world.upstream.list(modelInfo('claude-b-20250101'), gone)
    await world.minutes(2)
    expect(pastIn(world)).toEqual([])
    expect(aliasEvents(world).at(-1)).toMatchObject({ stands_for: { from: null, to: DATED } })
  })

  test('of a model that is listed no longer is asked for at once: it may have moved', async () => {
    const world = await started([modelInfo(NEXT), modelInfo(DATED)])
    world.upstream.aliases = { 'claude-a': NEXT }
    world.upstream.list(modelInfo(NEXT))
    await world.minutes(4)
    expect(world.published.aliases).toEqual([{ alias: 'claude-a', id: NEXT }])
    expect(aliasEvents(world)).toMatchObject([
      { change: 'alias_ended', stands_for: { from: DATED, to: null } },
      { change: 'alias_moved', stands_for: { from: null, to: NEXT } },
    ])
  })

  test('that becomes the id of a model is no past one', async () => {
    const world = await started(models)
    world.upstream.list(...models, modelInfo('claude-a'))
    await world.minutes(3)
    expect([pastIn(world), aliasEvents(world)]).toEqual([[], []])
  })

  test('that the operator names no longer is forgotten, and its model is what it was', async () => {
    const world = await started([modelInfo('m')], { EXTRA_ALIASES: 'extra' })
    world.upstream.aliases = { extra: 'm' }
    await world.minutes(62)
    expect(world.published.aliases).toEqual([{ alias: 'extra', id: 'm' }])
    world.restart({ env: { EXTRA_ALIASES: '' } })
    await world.minutes(2)
    expect(world.published.aliases).toEqual([])
    expect([pastIn(world), aliasEvents(world)]).toEqual([[], []])
  })
})

describe('what is hidden', () => {
  test.each([['claude-a'], [DATED], [NEXT]])('%s leaves no trace in what was', async (hidden) => {
    const world = await started(models)
    world.upstream.aliases = { 'claude-a': NEXT }
    await world.minutes(62)
    world.upstream.aliases = {}
    await world.minutes(122)
    expect(pastIn(world)).toHaveLength(1)
    expect(aliasEvents(world)).toHaveLength(2)
    world.restart({ env: { HIDDEN_MODELS: hidden } })
    await world.minutes(2)
    const told = world.kv.values.get(SNAPSHOT_KEY)?.replace('"complete_from"', '')
    expect(told).not.toContain(`"${hidden}"`)
  })

  test('is not kept where an alias of it moves', async () => {
    const world = await started(models)
    world.upstream.aliases = { 'claude-a': NEXT }
    world.restart({ env: { HIDDEN_MODELS: DATED, EXTRA_ALIASES: 'claude-a' } })
    await world.minutes(130)
    expect(world.published.aliases).toEqual([{ alias: 'claude-a', id: NEXT }])
    expect(JSON.stringify(world.tables.dump('changes'))).not.toContain('alias_moved')
  })

  test('is not kept where it ends with its model', async () => {
    const world = await started(models)
    world.restart({ env: { HIDDEN_MODELS: 'claude-a' } })
    world.upstream.list(modelInfo(NEXT))
    await world.minutes(3)
    expect(pastIn(world)).toMatchObject([{ name: DATED }])
    expect(JSON.stringify(world.tables.dump('past_names'))).not.toContain('"claude-a"')
  })

  test('is not kept where an alias of it ends', async () => {
    const world = await started(models)
    world.restart({ env: { HIDDEN_MODELS: DATED } })
    await world.minutes(3)
    expect(world.tables.dump('past_names')).toEqual([])
    expect([pastIn(world), aliasEvents(world)]).toEqual([[], []])
  })
})

const ended = (alias: string): Turn => ({ alias, from: 'a', to: null })

/** A model with a text of more than so many characters. */
function longModel(id: string, length: number): StoredModel {
  return modelOf(id, { display_name: 'x'.repeat(length) })
}

describe('what is remembered', () => {
  test('is bounded: the newest 300 of each kind, within 200,000 characters', () => {
    const tables = new Tables()
    tables.commit('a')
    const names = (): readonly unknown[] => tables.rows.pastNames(1).map(({ name }) => name)
    for (let count = 0; count < 310; count += 1) {
      rememberAliases(tables.storage, 1, [ended(`alias-${count}`)], NOW + count)
    }
    expect(names()).toHaveLength(300)
    expect([names()[0], names().at(-1)]).toEqual(['alias-309', 'alias-10'])
    for (let count = 0; count < 20; count += 1) {
      rememberModels(tables.storage, 1, [longModel(`model-${count}`, 19_000)], [], NOW + count)
    }
    const ofModels = tables.rows.pastNames(1).filter(({ json }) => json !== '')
    expect(ofModels.map(({ name }) => name)).toEqual(
      Array.from({ length: 10 }, (_, place) => `model-${19 - place}`),
    )
    expect(names()).toHaveLength(310)
  })

  test('of a model with a long text is its life, and of one with a long name its id', () => {
    const tables = new Tables()
    tables.commit('a')
    const life = { line: 'opus', lifecycle: 'retired', retires_at: START, max_tokens: 5 }
    const capabilities = { long: { supported: true, note: 'x'.repeat(20_000) } } as object
    const wordy = modelOf('wordy', { ...life, capabilities })
    rememberModels(tables.storage, 1, [wordy, longModel('long', 20_000)], [], NOW)
    const remembered = tables.rows.pastNames(1).map(({ json }) => JSON.parse(json) as object)
    expect(remembered).toEqual([{ type: 'model', id: 'long' }, modelInfo('wordy', life)])
    const empty = longModel('just', 0).json.length
    const just = longModel('just', 20_000 - empty)
    rememberModels(tables.storage, 1, [just], [], NOW + 1)
    expect(tables.rows.pastNames(1)[0]?.json).toBe(just.json)
  })

  test('comes back from KV', async () => {
    const past_names = [
      { name: 'claude-a', id: 'b', since: START },
      { name: 'gone', id: 'gone', since: START, json: modelOf('gone').json },
    ]
    const source = { base_url: UPSTREAM, key: 'another' }
    const world = new KeeperWorld([modelInfo('b')])
    world.kv.values.set(
      SNAPSHOT_KEY,
      textOf(snapshotOf({ models: [modelOf('b')], past_names, source })),
    )
    await world.minutes(2)
    expect(pastIn(world)).toEqual(past_names)
    expect(decode(world.kv.values.get(SNAPSHOT_KEY) ?? '')).toMatchObject({ kind: 'snapshot' })
  })

  test('is named anew after earlier code has named what is served without it', () => {
    const tables = new Tables()
    tables.commit('a b')
    for (let sweep = 0; sweep < 2; sweep += 1) tables.commit('a', { now: NOW + 60_000 })
    const { tag } = tables.catalog
    expect(namesPastNames(tag)).toBe(true)
    const earlier = tag.split('-').slice(0, 3).join('-')
    tables.storage.sql.exec('UPDATE catalogs SET tag = ?', earlier)
    sealVisibility(tables.storage, visibilityOf(), NOW + 120_000)
    expect(tables.catalog).toMatchObject({ tag, changed_at: NOW + 120_000 })
    const { written } = tables
    sealVisibility(tables.storage, visibilityOf(), NOW + 180_000)
    expect(tables.written).toBe(written)
  })
})
