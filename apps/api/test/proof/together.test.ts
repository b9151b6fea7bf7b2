import { once } from 'node:events'
import { get } from 'node:http'
import { expect, test } from 'vitest'
import { listOf } from '../node/recorded-upstream.ts'
import { CellKv, KEY } from './cell-kv.ts'
import { CellUpstream } from './cell-upstream.ts'
import { type Cell, startCells } from './cells.ts'
import { MINUTE } from './model.ts'
import { type KvState, kvStates, lists } from './states.ts'
import { listing } from './upstream-states.ts'

// Several places in the world, each with its own view of one KV. The first one is where the Keeper lives.

const START = Date.parse('2026-11-20T12:00:00Z')
const healthy: KvState = kvStates.healthy

interface Seen {
  readonly synced: string
  readonly standing: string
  readonly models: number
}

class Places {
  readonly upstream = new CellUpstream()
  readonly kvs: readonly CellKv[]
  cells: readonly Cell[] = []
  /** What each of them was answered last. */
  readonly #last = new Map<Cell, Seen>()

  constructor(count: number) {
    const values = new Map<string, string>()
    this.kvs = Array.from({ length: count }, () => new CellKv(values))
    this.upstream.state = listing('kept')
  }

  async start(): Promise<AsyncDisposable> {
    const worlds = this.kvs.map((kv, index) => ({
      kv,
      upstream: this.upstream,
      ...(index > 0 && { keeper: 0 }),
    }))
    const started = await startCells(worlds)
    this.cells = started.cells
    this.now = START
    return started
  }

  set now(time: number) {
    for (const cell of this.cells) cell.now = time
  }

  /** Everybody is answered, and nobody is taken back. */
  async look(): Promise<readonly Seen[]> {
    return Promise.all(
      this.cells.map(async (cell) => {
        const response = await cell.fetch('/v1/models')
        expect(response.status).toBe(200)
        const { data } = (await response.json()) as { readonly data: readonly unknown[] }
        const synced = response.headers.get('x-synced-at') ?? ''
        const standing = response.headers.get('cache-status') ?? ''
        const last = this.#last.get(cell)
        expect(synced >= (last?.synced ?? '')).toBe(true)
        expect(data.length).toBeGreaterThanOrEqual(last?.models ?? 0)
        await cell.report()
        const seen = { synced, standing, models: data.length }
        this.#last.set(cell, seen)
        return seen
      }),
    )
  }
}

test('all that knock or come at once share one sweep in a minute, and its history', async () => {
  const places = new Places(5)
  await using _ = await places.start()
  for (const minute of [0, 1, 2]) {
    places.now = START + minute * MINUTE
    const asked = places.cells.flatMap((cell) => [
      cell.tick(),
      cell.fetch('/v1/models'),
      cell.tick(),
    ])
    await Promise.all(asked)
    expect(places.upstream.sweeps).toBe(minute + 1)
  }
  const histories = places.cells.map(async (cell) => (await cell.fetch('/v1/changes')).text())
  expect(new Set(await Promise.all(histories)).size).toBe(1)
})

test('a place whose KV fails harms no other; a put that fails, or lands late, harms nobody', async () => {
  const places = new Places(6)
  await using _ = await places.start()
  const [kv, ...views] = places.kvs
  await places.cells[0]!.tick()
  const states: readonly KvState[] = [
    healthy,
    { ...healthy, shows: 'error', takes: false },
    { ...healthy, delayMs: 60_000 },
    { ...healthy, shows: 'before' },
    { ...healthy, shows: 'nothing', lists: false },
  ]
  for (const [index, view] of views.entries()) {
    view.before.set(KEY, kv!.values.get(KEY) ?? '')
    view.state = states[index]!
  }
  await places.look()
  for (let minute = 1; minute <= 21; minute += 1) {
    places.now = START + minute * MINUTE
    if (minute === 8) places.upstream.state = listing('current')
    kv!.state = { ...healthy, takes: minute !== 5 }
    // Whoever knocks.
    await places.cells[minute % 6]!.tick()
    // When the value of minute 8 is there, that of minute 5 comes.
    if (minute === 9) kv!.values.set(KEY, kv!.puts.find((put) => put.includes('12:05:00')) ?? '')
    const known = lists[minute < 8 ? 'kept' : 'current'].length
    for (const { models, standing } of (await places.look()).slice(0, 2)) {
      expect([minute, models, standing]).toEqual([minute, known, 'models-edge; hit; detail=fresh'])
    }
  }
  expect(places.upstream.sweeps).toBe(22)
  // One in each turn of five minutes, one for what changed, and one for what failed.
  expect(kv!.puts).toHaveLength(7)
  expect(views.flatMap(({ puts }) => puts)).toEqual([])
  for (const view of views) view.state = healthy
  places.now = START + 22 * MINUTE
  for (const { models } of await places.look()) expect(models).toBe(lists.current.length)
})

test('a client that leaves in the middle of a cold start takes nobody with it', async () => {
  const upstream = new CellUpstream()
  const [asked, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  upstream.state = {
    ...listing('current'),
    async answer(response, how) {
      asked.resolve()
      await gate.promise
      listing('current').answer(response, how)
    },
  }
  await using started = await startCells([{ kv: new CellKv(), upstream }])
  const cell = started.cells[0]!
  cell.now = START
  const { headers, url } = cell.request('/v1/models')
  const leader = get(url, { headers })
  const gone = once(leader, 'error')
  await asked.promise
  const waiting = Array.from({ length: 20 }, async () => (await cell.fetch('/v1/models')).text())
  // A connection that is merely closed is not noticed before it is written to.
  leader.socket!.resetAndDestroy()
  await gone
  await (await cell.fetch('/openapi.json')).text()
  gate.resolve()
  expect(new Set(await Promise.all(waiting))).toEqual(new Set([listOf(lists.current)]))
  await cell.report()
  expect(upstream.sweeps).toBe(1)
  expect(cell.kv.puts).toHaveLength(1)
})
