import { followChanges } from '@models-edge/core'
import { describe, expect, test } from 'vitest'
import { listOf } from '../started/recorded-upstream.ts'
import { Kv } from './kv.ts'
import { MINUTE, type Places, startPlaces } from './places.ts'
import { aliases, listed, look, minutes, model, thirteen } from './story.ts'
import { failing, noSuchModel, Upstream } from './upstream.ts'

// What was seen to break in the first version, with the built Worker, a real Durable Object and several
// places in one process. Each of these failed there.

test('1: a stray 404 takes no alias away', async () => {
  const upstream = new Upstream(thirteen, aliases)
  await using places = await startPlaces({ kv: new Kv(), upstream })
  await places.tick()
  upstream.instead = (path) =>
    path === '/v1/models/claude-haiku-4-5' && !isAsked.includes(true)
      ? (isAsked.push(true), noSuchModel('claude-haiku-4-5'))
      : undefined
  const isAsked: boolean[] = []
  const seen: number[] = []
  for (let minute = 0; minute < 120; minute += 1) {
    await minutes(places, 1)
    if (minute % 5 > 0) continue
    await look(places)
    seen.push((await places.fetch('/v1/models/claude-haiku-4-5')).status)
  }
  expect(isAsked).toEqual([true])
  expect(new Set(seen)).toEqual(new Set([200]))
})

test('2: one failed write to KV makes no place stale, and nobody else sweeps', async () => {
  const kv = new Kv()
  const upstream = new Upstream(thirteen)
  await using places = await startPlaces({ kv, upstream, places: 5 })
  await places.tick()
  const all = [0, 1, 2, 3, 4]
  for (const place of all) await look(places, place)
  places.now += 5 * MINUTE
  await places.tick()
  kv.instead = (_, operation) => (operation === 'put' ? 500 : undefined)
  places.now += 5 * MINUTE
  await places.tick()
  kv.instead = () => undefined
  places.now += 5 * MINUTE + 1000
  const before = upstream.sweeps
  for (const place of all) await look(places, place)
  for (const place of all) {
    const answer = await places.fetch('/v1/models', place)
    expect(answer.headers.get('cache-status')).toContain('fresh')
    expect(await (await places.fetch('/', place)).text()).not.toContain('no sync has succeeded')
    expect(await (await places.fetch('/health', place)).json()).toMatchObject({ status: 'ok' })
  }
  expect(upstream.sweeps).toBe(before)
})

test('3: who is blocked is asked by nobody else, and holds up nobody else', async () => {
  const upstream = new Upstream(thirteen)
  await using places = await startPlaces({ kv: new Kv(), upstream, places: 3 })
  await places.tick(0)
  const blocked = {
    status: 403,
    body: '{"error":{"type":"forbidden","message":"Request not allowed"}}',
  }
  upstream.instead = () => blocked
  places.now += MINUTE
  await places.tick(1)
  upstream.instead = () => undefined
  places.now += MINUTE
  const before = upstream.sweeps
  await places.tick(2)
  // Whichever place knocks, the Keeper sweeps.
  expect(upstream.sweeps).toBe(before + 1)
  await look(places, 2)
  expect(await (await places.fetch('/health', 2)).json()).toMatchObject({ status: 'ok' })
})

test('4: a follower misses nothing, wherever and whenever it asks', async () => {
  const kv = new Kv()
  const upstream = new Upstream(thirteen)
  await using places = await startPlaces({ kv, upstream, places: 2 })
  await places.tick()
  await look(places, 0)
  await look(places, 1)
  const seen: string[] = []
  let cursor: string | undefined
  const poll = async (place: number): Promise<void> => {
    const send = (request: Request): Promise<Response> => places.fetch(pathOf(request), place)
    const follow = followChanges(send, { baseURL: 'http://models.test', cursor })
    for await (const change of follow) {
      if (!change.seeded) seen.push(change.model_id)
      cursor = change.id
    }
  }
  await poll(0)
  const released: string[] = []
  for (let round = 0; round < 3; round += 1) {
    const id = `claude-new-${round}`
    released.push(id)
    upstream.models = [JSON.stringify(model(id)), ...upstream.models]
    // The sync has begun, and KV takes its time: whoever looks now sees nothing of it.
    const gate = Promise.withResolvers<undefined>()
    const reached = Promise.withResolvers<void>()
    kv.instead = (_, operation) => {
      if (operation !== 'put') return undefined
      reached.resolve()
      return gate.promise
    }
    places.now += MINUTE
    const tick = places.tick()
    await reached.promise
    await look(places, 0)
    await poll(0)
    gate.resolve(undefined)
    await tick
    kv.instead = () => undefined
    places.now += MINUTE
    await look(places, 0)
    await poll(0)
    // This one has not looked at KV since: it knows less than the cursor does.
    kv.instead = (place) => (place === '1' ? 500 : undefined)
    await poll(1)
    kv.instead = () => undefined
    await look(places, 1)
    await poll(1)
  }
  expect(seen).toEqual(released)
})

describe('5: a cold place over a KV that does not answer', () => {
  test('is filled by the Keeper, also if a request has ended before', async () => {
    const kv = new Kv()
    const upstream = new Upstream(thirteen)
    await using places = await startPlaces({ kv, upstream, places: 2 })
    await places.tick(0)
    expect((await places.fetch('/v1/models', 1, { method: 'OPTIONS' })).status).toBe(204)
    const never = Promise.withResolvers<undefined>()
    kv.instead = (place) => (place === '1' ? never.promise : undefined)
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => (await places.fetch('/v1/models', 1)).text()),
    )
    expect(new Set(answers)).toEqual(new Set([listOf(upstream.models)]))
    expect(upstream.sweeps).toBe(1)
    never.resolve(undefined)
  })

  test('and in health, nothing is logged but syncs', async () => {
    await using places = await startPlaces({ kv: new Kv(), upstream: new Upstream(thirteen) })
    expect((await places.fetch('/v1/models', 0, { method: 'OPTIONS' })).status).toBe(204)
    await places.tick()
    await Promise.all(Array.from({ length: 20 }, () => look(places)))
    const others = places.lines().filter((line) => !line.startsWith('{"event":"sync"'))
    expect(others).toEqual([])
  })
})

describe('6: what is hidden', () => {
  const secret = 'claude-secret-7'

  test('changes no byte, no header and no rhythm', async () => {
    const variables = { HIDDEN_MODELS: '*secret*' }
    const story = async (isThere: boolean): Promise<unknown> => {
      const kv = new Kv()
      const upstream = new Upstream(thirteen)
      await using places = await startPlaces({ kv, upstream, variables })
      const seen: unknown[] = []
      for (let minute = 0; minute < 14; minute += 1) {
        await places.tick()
        if (isThere && minute === 3) {
          upstream.models = [JSON.stringify(model(secret)), ...upstream.models]
        }
        if (isThere && minute === 8) {
          upstream.models = upstream.models.slice(1)
        }
        await look(places)
        for (const path of ['/v1/models', '/v1/changes', `/v1/models/${secret}`, '/health', '/']) {
          const { body, headers } = await content(places, path)
          seen.push({ minute, path, body, headers })
        }
        seen.push(kv.puts())
        places.now += MINUTE
      }
      return seen
    }
    expect(await story(true)).toEqual(await story(false))
  })

  test('is released to those who follow when it is hidden no more', async () => {
    const kv = new Kv()
    const models = [model(secret), ...thirteen]
    const upstream = new Upstream(models)
    const variables = { HIDDEN_MODELS: '*secret*' }
    await using places = await startPlaces({ kv, upstream, variables })
    await places.tick()
    await look(places)
    const { first_id } = await listed(places, '/v1/changes')
    const held = await places.fetch('/v1/models')
    const since = held.headers.get('last-modified') ?? ''
    await places.restart('kept', {})
    await minutes(places, 3)
    await look(places)
    const page = await listed(places, `/v1/changes?before_id=${first_id}`)
    expect(page.data).toMatchObject([{ change: 'released', model_id: secret, seeded: false }])
    expect(page.data[0]).toHaveProperty('at', expect.stringMatching(/^2026-11-20T12:0/))
    const list = await places.fetch('/v1/models', 0, { headers: { 'if-modified-since': since } })
    expect(list.status).toBe(200)
    expect((await listed(places, '/v1/models')).data).toHaveLength(14)
  })
})

test('7: the same values in another order of keys are no change', async () => {
  const capabilities = { batch: { supported: true }, citations: { supported: false } }
  const upstream = new Upstream(
    Array.from({ length: 13 }, (_, index) => model(`claude-test-${index}`, { capabilities })),
  )
  const models = upstream.models
  const flipped = models.map((text) =>
    JSON.stringify(JSON.parse(text), (_, value: unknown) =>
      typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).toReversed())
        : value,
    ),
  )
  await using places = await startPlaces({ kv: new Kv(), upstream })
  await places.tick()
  await look(places)
  const before = await listed(places, '/v1/changes?limit=1000')
  for (const texts of [flipped, models, flipped, flipped, models]) {
    upstream.models = texts
    await minutes(places, 1)
  }
  await minutes(places, 5)
  await look(places)
  expect(await listed(places, '/v1/changes?limit=1000')).toEqual(before)
  expect(await (await places.fetch('/v1/models')).text()).toBe(listOf(models))
})

test('8: a KV that denies what it holds loses no history', async () => {
  const kv = new Kv()
  const upstream = new Upstream(thirteen)
  const models = upstream.models
  await using places = await startPlaces({ kv, upstream })
  await places.tick()
  upstream.models = [JSON.stringify(model('claude-later-1')), ...upstream.models]
  await minutes(places, 1)
  const isKept = (): boolean => kv.values.get(keyIn(kv))?.includes('claude-later-1') ?? false
  expect(isKept()).toBe(true)

  // Storage and memory are lost, and KV denies what it holds for one tick.
  await places.restart('lost')
  upstream.models = models
  places.now += MINUTE
  kv.instead = (_, operation) => (operation === 'put' ? undefined : operation === 'get' ? 404 : 500)
  await places.tick()
  expect(isKept()).toBe(true)
  kv.instead = () => undefined
  await minutes(places, 1)
  await look(places)
  const { data } = await listed(places, '/v1/changes?limit=1000')
  expect(data.filter(({ model_id }) => model_id === 'claude-later-1')).toHaveLength(1)
})

test('9: a short list that is seen again after a failure is not seen twice in a row', async () => {
  const upstream = new Upstream(thirteen)
  const models = upstream.models
  await using places = await startPlaces({ kv: new Kv(), upstream })
  await places.tick()
  await minutes(places, 4)
  for (const answer of ['short', 'refused', 'short']) {
    upstream.models = models.slice(0, 5)
    upstream.instead = () =>
      answer === 'refused' ? failing(401, 'authentication_error') : undefined
    places.now += 4 * MINUTE
    await minutes(places, 1)
  }
  await look(places)
  expect((await listed(places, '/v1/models')).data).toHaveLength(13)
  // Twice in a row, it is believed.
  places.now += 4 * MINUTE
  await minutes(places, 1)
  await look(places)
  places.now += MINUTE
  await look(places)
  expect((await listed(places, '/v1/models')).data).toHaveLength(5)
})

test('10: where the cron is dead, all places together sweep once, and wait for nothing', async () => {
  const kv = new Kv()
  const upstream = new Upstream(thirteen)
  await using places = await startPlaces({ kv, upstream, places: 3 })
  await places.tick()
  for (const place of [0, 1, 2]) await look(places, place)
  const hung = Promise.withResolvers<undefined>()
  upstream.instead = () => hung.promise
  places.now += 60 * MINUTE
  const sweeps = upstream.sweeps
  for (const place of [0, 1, 2]) {
    const answer = await places.fetch('/v1/models', place)
    expect(await answer.text()).toBe(listOf(upstream.models))
    expect(answer.headers.get('cache-status')).toContain('stale')
  }
  hung.resolve(undefined)
  for (const place of [0, 1, 2]) await places.quiet(place)
  expect(upstream.sweeps - sweeps).toBe(1)
})

/** What KV's one value is called, in any version. */
function keyIn(kv: Kv): string {
  return [...kv.values.keys()].find((key) => key.startsWith('catalog:')) ?? ''
}

function pathOf({ url }: Request): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}

async function content(places: Places, path: string): Promise<{ body: string; headers: object }> {
  const response = await places.fetch(path)
  const { 'request-id': _, date: __, ...headers } = Object.fromEntries(response.headers)
  const body = (await response.text()).replace(/req_\w+/, 'req').replaceAll(/chg_\w+/g, 'chg')
  return { body, headers: path === '/v1/changes' ? { ...headers, etag: '', link: '' } : headers }
}
