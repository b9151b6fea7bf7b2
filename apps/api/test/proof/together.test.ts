import { get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { startKv } from '../node/kv.ts'
import { listOf, startUpstream } from '../node/recorded-upstream.ts'
import { startWorkerd } from '../node/workerd.ts'
import { CellKv } from './cell-kv.ts'
import { CellUpstream } from './cell-upstream.ts'
import { type Cell, startCells } from './cells.ts'
import { type ListName, lists } from './lists.ts'
import { type Copy, decode, encode, MINUTE, START } from './snapshots.ts'

const SECOND = 1000
const KEY = 'catalog:v1'
const kept: Copy = {
  list: 'kept',
  syncedAt: START - 3 * MINUTE,
  changedAt: START - 3 * MINUTE,
  history: true,
}

function storedIn(kv: CellKv): ReturnType<typeof decode> {
  return decode(kv.values.get(KEY))
}

function kvHolding(copy: Copy | undefined): CellKv {
  const kv = new CellKv()
  const value = encode(copy)
  if (value !== undefined) kv.values.set(KEY, value)
  return kv
}

/** An upstream that has this list when it is asked, and says so once it may. */
function listing(list: ListName, allowed: Promise<unknown> = Promise.resolve()): CellUpstream {
  const upstream = new CellUpstream()
  const body = listOf(lists[list])
  upstream.state = {
    sweeps: [{ list }],
    async answer(response) {
      await allowed
      response.writeHead(200, { 'content-type': 'application/json' }).end(body)
    },
  }
  return upstream
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10)
}

async function listOfCell(cell: Cell, now: number): Promise<string> {
  const response = await cell.fetch('/v1/models', now)
  expect(response.status).toBe(200)
  const body = await response.text()
  await cell.report()
  return body
}

async function outcomes(cell: Cell): Promise<string[]> {
  return (await cell.report()).map((line) => {
    const { outcome, reason } = JSON.parse(line) as Record<string, string>
    return [outcome, reason].filter(Boolean).join(' ')
  })
}

describe('workers on one KV', () => {
  test.each([
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ])(
    'that sync at once leave what began last, when they end in the order %i %i %i',
    async (...order) => {
      const seen = ['kept', 'current', 'older'] as const // later lists are not always longer ones
      const kv = kvHolding(kept)
      const gates = seen.map(() => Promise.withResolvers<void>())
      const upstreams = seen.map((list, index) => listing(list, gates[index]!.promise))
      await using first = await startCells(
        upstreams.slice(0, 2).map((upstream) => ({ kv, upstream })),
      )
      await using second = await startCells(
        upstreams.slice(2).map((upstream) => ({ kv, upstream })),
      )
      const cells = [...first.cells, ...second.cells]
      const ticks: Promise<void>[] = []
      for (const [index, cell] of cells.entries()) {
        ticks.push(cell.tick(START + index * SECOND))
        await until(() => upstreams[index]!.sweeps === 1)
      }
      for (const index of order) {
        gates[index]!.resolve()
        await ticks[index]
      }
      expect(storedIn(kv)).toMatchObject({
        list: 'older',
        syncedAt: START + 2 * SECOND,
        history: true,
      })
      // One that began before the last that had ended by then has nothing to add.
      for (const [place, index] of order.entries()) {
        const late = order.slice(0, place).some((other) => other > index)
        const same = index === 0 && place === 0 // it found what is stored, which is young
        expect([index, await outcomes(cells[index]!)]).toEqual([
          index,
          [
            late && !(index === 0)
              ? 'skipped superseded'
              : same || index === 0
                ? 'unchanged'
                : 'written',
          ],
        ])
      }
      for (const cell of cells) {
        expect(await listOfCell(cell, START + 2 * MINUTE)).toBe(listOf(lists.older))
      }
    },
  )

  test('of which one lags behind may undo what is stored, but nobody goes back, and the next tick mends it', async () => {
    const kv = kvHolding(kept)
    const lagging = new CellKv()
    // Reads what was there before, and writes to the same place.
    lagging.values.set = (key, value) => (kv.values.set(key, value), lagging.values)
    lagging.before.set(KEY, encode(kept)!)
    lagging.state = { delayMs: 0, shows: 'before', takes: true }
    const upstream = listing('current')
    await using up = await startCells([{ kv, upstream }])
    await using behind = await startCells([{ kv: lagging, upstream: listing('kept') }])
    const [ahead] = up.cells
    const [late] = behind.cells
    await ahead!.tick(START + 5 * MINUTE)
    expect(storedIn(kv)).toMatchObject({ list: 'current' })
    await late!.tick(START + 7 * MINUTE)
    expect(storedIn(kv)).toMatchObject({ list: 'kept', history: true })
    await ahead!.tick(START + 10 * MINUTE)
    expect(storedIn(kv)).toMatchObject({ list: 'current', history: true })
    expect(await listOfCell(ahead!, START + 11 * MINUTE)).toBe(listOf(lists.current))
  })

  test('that start at once on an empty KV sweep once each, and leave one history', async () => {
    const kv = new CellKv()
    const upstream = listing('current')
    await using first = await startCells([
      { kv, upstream },
      { kv, upstream },
    ])
    await using second = await startCells([
      { kv, upstream },
      { kv, upstream },
    ])
    const cells = [...first.cells, ...second.cells]
    const answers = await Promise.all(
      cells.flatMap((cell, index) =>
        Array.from({ length: 25 }, () => cell.fetch('/v1/models', START + index)),
      ),
    )
    expect(new Set(await Promise.all(answers.map((answer) => answer.text())))).toEqual(
      new Set([listOf(lists.current)]),
    )
    const lines = (await Promise.all(cells.map(outcomes))).flat()
    expect(upstream.sweeps).toBe(lines.length)
    expect(lines.length).toBeLessThanOrEqual(cells.length)
    expect(storedIn(kv)).toMatchObject({ list: 'current' })
    const histories = await Promise.all(
      cells.map(async (cell) => (await cell.fetch('/v1/changes', START + 2 * MINUTE)).text()),
    )
    expect(new Set(histories).size).toBe(1)
  })
})

/** The bundle of a version whose snapshots have another key and another shape. */
function nextVersion(bundle: string): string {
  const next = bundle.replaceAll('catalog:v1', 'catalog:v2').replaceAll('synced_at', 'synced')
  expect(next).not.toBe(bundle)
  return next
}

describe('a deploy of another version of the format', () => {
  test('leaves the older value alone, and going back finds it', async () => {
    const kv = kvHolding(kept)
    const before = kv.values.get(KEY)
    {
      await using deployed = await startCells([{ kv, upstream: listing('current') }], nextVersion)
      const [cell] = deployed.cells
      expect(await listOfCell(cell!, START)).toBe(listOf(lists.current))
      await cell!.tick(START + 5 * MINUTE)
      await cell!.tick(START + 15 * MINUTE)
    }
    const next = kv.values.get('catalog:v2')
    expect(next).toContain('"synced":"2026-11-20T12:15')
    expect(kv.values.get(KEY)).toBe(before)

    await using back = await startCells([{ kv, upstream: new CellUpstream(), refuses: true }])
    const [cell] = back.cells
    expect(await listOfCell(cell!, START + 20 * MINUTE)).toBe(listOf(lists.kept))
    const changes = await cell!.fetch('/v1/changes', START + 20 * MINUTE)
    expect(await changes.text()).toContain('chg_remembered')
    await cell!.tick(START + 20 * MINUTE)
    expect([kv.values.get(KEY), kv.values.get('catalog:v2')]).toEqual([before, next])
  })

  test('may run beside the older one', async () => {
    const kv = kvHolding(kept)
    const upstream = listing('current')
    await using old = await startCells([{ kv, upstream }])
    await using next = await startCells([{ kv, upstream }], nextVersion)
    for (const minutes of [5, 10, 15, 20]) {
      await old.cells[0]!.tick(START + minutes * MINUTE)
      await next.cells[0]!.tick(START + minutes * MINUTE + SECOND)
      expect(storedIn(kv)).toMatchObject({ list: 'current', history: true })
    }
    expect(kv.values.get('catalog:v2')).toContain('"synced":"2026-11-20T12:15')
    expect([...kv.values.keys()].toSorted()).toEqual([KEY, 'catalog:v2'])
  })
})

describe('a clock that is wrong', () => {
  const ages = { 1970: 0, 2100: Date.UTC(2100, 0, 1) } as const

  test.each([1970, 2100] as const)(
    'wrote %i: the copy is served, and the next sync mends it',
    async (year) => {
      const at = ages[year]
      const kv = kvHolding({ ...kept, syncedAt: at, changedAt: at })
      await using cells = await startCells([
        { kv, upstream: new CellUpstream(), refuses: true },
        { kv, upstream: listing('current') },
      ])
      const [alone, cell] = cells.cells
      expect(await listOfCell(alone!, START)).toBe(listOf(lists.kept))
      const next = START + 5 * MINUTE
      await cell!.tick(next)
      const mended = { list: 'current', syncedAt: next, changedAt: next, history: true }
      expect(storedIn(kv)).toEqual(mended)
      for (const each of [alone!, cell!]) {
        expect(await listOfCell(each, START + 7 * MINUTE)).toBe(listOf(lists.current))
      }
    },
  )

  test.each([1970, 2100] as const)(
    'says %i: no model and no history is lost, and a right one mends the time',
    async (year) => {
      const kv = kvHolding(kept)
      await using cells = await startCells([
        { kv, upstream: listing('current') },
        { kv, upstream: listing('current') },
      ])
      const [wrong, right] = cells.cells
      expect(await listOfCell(wrong!, ages[year])).toMatch(/^\{"data":\[.*"k-2"/)
      await wrong!.tick(ages[year] + 5 * MINUTE)
      const stored = storedIn(kv)
      expect(stored).toMatchObject({ history: true })
      expect(['kept', 'current']).toContain((stored as Copy).list)
      expect(await listOfCell(right!, START + 5 * MINUTE)).toMatch(/^\{"data":\[.*"k-2"/)
      await right!.tick(START + 5 * MINUTE)
      expect(storedIn(kv)).toMatchObject({
        list: 'current',
        syncedAt: START + 5 * MINUTE,
        history: true,
      })
      // The isolate whose clock is put right does not stick to what the wrong one told it.
      expect(await listOfCell(wrong!, START + 7 * MINUTE)).toBe(listOf(lists.current))
      const { headers } = await wrong!.fetch('/v1/models', START + 7 * MINUTE)
      expect(headers.get('x-synced-at')).toBe('2026-11-20T12:05:00.000Z')
    },
  )
})

describe('a client that leaves in the middle of a cold start', () => {
  test.each([0, 20])('takes nobody with it, of %i who wait', async (followers) => {
    await using kv = await startKv()
    await using upstream = await startUpstream({ models: lists.current, delayMs: 1500 })
    await using workerd = await startWorkerd(kv.origin, upstream.origin)
    const leader = get(`${workerd.origin}/v1/models`)
    leader.on('error', () => {}) // that is what leaving is
    await until(() => upstream.requests.length === 1)
    const waiting = Array.from({ length: followers }, async () => {
      const response = await fetch(`${workerd.origin}/v1/models`)
      return `${response.status} ${await response.text()}`
    })
    await sleep(200)
    leader.socket!.resetAndDestroy() // a connection that is merely closed is not noticed before it is written to
    const answers = await Promise.all(waiting)
    expect(new Set(answers)).toEqual(new Set(followers > 0 ? [`200 ${listOf(lists.current)}`] : []))
    // What the leader began was not in vain, for those who come later, and for other places.
    const response = await fetch(`${workerd.origin}/v1/models`)
    expect(`${response.status} ${await response.text()}`).toBe(`200 ${listOf(lists.current)}`)
    await until(() => kv.values.has(KEY))
    expect(upstream.requests.length).toBe(1)
  })
})
