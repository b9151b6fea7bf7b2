import { DatabaseSync } from 'node:sqlite'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listOf } from '../started/recorded-upstream.ts'
import { Kv } from './kv.ts'
import { MINUTE, type Places, startPlaces } from './places.ts'
import { aliases, listed, look, minutes, model, thirteen } from './story.ts'
import { Upstream } from './upstream.ts'

// What the one writer survives, with its real storage on disk: restarts, losses, other versions of itself.

const KEY = 'catalog:v2'
const later = JSON.stringify(model('claude-later-1'))

async function history(places: Places): Promise<readonly string[]> {
  const { data } = await listed(places, '/v1/changes?limit=1000')
  return data.map(({ id }) => id)
}

/** Asks the Keeper's tables, while it is not running or does nothing. */
async function inTables(places: Places, query: string): Promise<unknown[]> {
  const files = await readdir(places.disk, { recursive: true })
  const file = files.find((name) => name.endsWith('.sqlite') && !name.includes('metadata')) ?? ''
  const database = new DatabaseSync(join(places.disk, file))
  try {
    return database.prepare(query).all()
  } finally {
    database.close()
  }
}

describe('a restart', () => {
  test('in the middle of a sweep loses nothing', async () => {
    const upstream = new Upstream(thirteen, aliases)
    await using places = await startPlaces({ kv: new Kv(), upstream })
    await places.tick()
    await look(places)
    const before = await history(places)

    upstream.models = [later, ...upstream.models]
    const asked = Promise.withResolvers<void>()
    const never = Promise.withResolvers<undefined>()
    upstream.instead = () => (asked.resolve(), never.promise)
    places.now += MINUTE
    const tick = places.tick().catch(() => 'killed')
    await asked.promise
    await places.restart('kept')
    upstream.instead = () => undefined
    never.resolve(undefined)
    expect(await tick).toBe('killed')

    await look(places)
    expect(await history(places)).toEqual(before)
    await minutes(places, 1)
    await look(places)
    places.now += MINUTE
    await look(places)
    expect((await history(places)).slice(1)).toEqual(before)
  })

  test('between the commit and its publishing is made good by the next knock', async () => {
    const kv = new Kv()
    const upstream = new Upstream(thirteen)
    await using places = await startPlaces({ kv, upstream })
    await places.tick()
    upstream.models = [later, ...upstream.models]
    const asked = Promise.withResolvers<void>()
    const never = Promise.withResolvers<number | undefined>()
    kv.instead = (_, operation) =>
      operation === 'put' ? (asked.resolve(), never.promise) : undefined
    places.now += MINUTE
    const tick = places.tick().catch(() => 'killed')
    await asked.promise
    await places.restart('kept')
    kv.instead = () => 500
    never.resolve(500)
    await tick
    // A cold place over a dead KV has it from the Keeper, with the id that it will keep.
    const [newest] = (await listed(places, '/v1/changes')).data
    expect(newest).toMatchObject({ change: 'released', model_id: 'claude-later-1' })
    kv.instead = () => undefined
    await minutes(places, 1)
    expect(kv.values.get(KEY)).toContain(newest?.id)
  })
})

test('a put whose end is not known, and which lands late, takes no reader back', async () => {
  const kv = new Kv()
  const upstream = new Upstream(thirteen)
  await using places = await startPlaces({ kv, upstream })
  await places.tick()
  const old = kv.values.get(KEY) ?? ''
  upstream.models = [later, ...upstream.models]
  await minutes(places, 1)
  await look(places)
  kv.values.set(KEY, old)
  places.now += MINUTE
  await look(places)
  expect((await listed(places, '/v1/models')).data).toHaveLength(14)
  await minutes(places, 5)
  expect(kv.values.get(KEY)).toContain('claude-later-1')
})

test('lost storage goes on from what KV holds: history, cursors and what is hidden', async () => {
  const kv = new Kv()
  const upstream = new Upstream([model('claude-secret-1'), ...thirteen], aliases)
  const variables = { HIDDEN_MODELS: '*secret*' }
  await using places = await startPlaces({ kv, upstream, variables })
  await places.tick()
  upstream.models = [later, ...upstream.models]
  await minutes(places, 1)
  await look(places)
  const before = await history(places)
  await places.restart('lost')
  await minutes(places, 2)
  await look(places)
  expect(await history(places)).toEqual(before)
  upstream.models = [JSON.stringify(model('claude-later-2')), ...upstream.models]
  await minutes(places, 1)
  places.now += MINUTE
  await look(places)
  const { data } = await listed(places, `/v1/changes?before_id=${before[0]}`)
  expect(data).toMatchObject([{ change: 'released', model_id: 'claude-later-2' }])
  expect(kv.values.get(KEY)).not.toContain('secret')
})

describe('versions meet', () => {
  test('tables of later code are served, and not written', async () => {
    const kv = new Kv()
    const upstream = new Upstream(thirteen)
    await using places = await startPlaces({ kv, upstream })
    await places.tick()
    await inTables(places, 'UPDATE schema SET number = number + 1 RETURNING number')
    const tables = await inTables(places, 'SELECT * FROM keeper')
    kv.instead = () => 500
    await places.restart('kept')
    upstream.models = [later, ...upstream.models]
    await minutes(places, 2)
    expect(await (await places.fetch('/v1/models')).text()).toBe(listOf(upstream.models.slice(1)))
    expect(await inTables(places, 'SELECT * FROM keeper')).toEqual(tables)
    expect(places.lines().join('\n')).toContain('"reason":"later_schema"')
  })

  test('a value of a later format is passed over, and not written over', async () => {
    const kv = new Kv()
    const value = '{"format":3,"models":{}}'
    kv.values.set(KEY, value)
    const upstream = new Upstream(thirteen)
    await using places = await startPlaces({ kv, upstream })
    await places.tick()
    expect(await (await places.fetch('/v1/models')).text()).toBe(listOf(upstream.models))
    expect(kv.values).toEqual(new Map([[KEY, value]]))
  })

  test('a Keeper that does not know a method harms nobody who has something to serve', async () => {
    const kv = new Kv()
    const upstream = new Upstream(thirteen)
    await using places = await startPlaces({ kv, upstream })
    await places.tick()
    const keeper = `import { DurableObject } from 'cloudflare:workers'
      export class Keeper extends DurableObject {}`
    await using old = await startPlaces({ kv, upstream: new Upstream([]), keeper })
    old.now += 40 * MINUTE
    await old.tick()
    expect(await (await old.fetch('/v1/models')).text()).toBe(listOf(upstream.models))
    await old.quiet()
    expect(old.lines().join('\n')).toContain('does not implement the method')
  })
})

describe('another source', () => {
  test('begins another catalog when two sweeps agree; the first one is kept', async () => {
    const kv = new Kv()
    const upstream = new Upstream(thirteen)
    const other = new Upstream([model('claude-elsewhere-1'), model('claude-elsewhere-2')])
    await using elsewhere = await other.start()
    await using places = await startPlaces({ kv, upstream })
    await places.tick()
    await look(places)
    const before = await history(places)

    await places.restart('kept', { ANTHROPIC_BASE_URL: elsewhere.origin })
    await minutes(places, 1)
    await look(places)
    expect((await listed(places, '/v1/models')).data).toHaveLength(13)
    await minutes(places, 1)
    places.now += MINUTE
    await look(places)
    expect((await listed(places, '/v1/models')).data).toHaveLength(2)
    expect((await listed(places, '/v1/changes')).data.map((change) => change.change)).toEqual([
      'released',
      'released',
    ])
    expect((await places.fetch(`/v1/changes?before_id=${before[0]}`)).status).toBe(410)

    await places.restart('kept')
    await minutes(places, 3)
    await look(places)
    expect(await history(places)).toEqual(before)
  })

  test('is not what another key of the same models is', async () => {
    const kv = new Kv()
    const upstream = new Upstream(thirteen)
    await using places = await startPlaces({ kv, upstream })
    await places.tick()
    await look(places)
    const before = await history(places)
    const [, key] = /"key":"(\w+)"/.exec(places.lines().join()) ?? []
    await places.restart('kept', { ANTHROPIC_API_KEY: 'another-key' })
    await minutes(places, 1)
    await look(places)
    expect(await history(places)).toEqual(before)
    // The log proves which key is used, and shows nothing of it.
    const [, used] = /"key":"(\w+)"/.exec(places.lines().join()) ?? []
    expect(used).toMatch(/^[0-9a-f]{8}$/)
    expect(used).not.toBe(key)
  })
})
