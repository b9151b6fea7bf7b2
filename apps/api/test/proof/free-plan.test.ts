import { expect, test } from 'vitest'
import { listOf } from '../node/recorded-upstream.ts'
import { CellKv, KEY } from './cell-kv.ts'
import { CellUpstream } from './cell-upstream.ts'
import { startCells } from './cells.ts'

/** What an invocation may ask of others there, KV among them. */
const GRANTED = 50

/** Each a page of its own, and each with a name that is an alias. */
const pages = Array.from({ length: 30 }, (_, index) => {
  const model = { type: 'model', id: `m-${index}-20250101`, created_at: '2025-01-01T00:00:00Z' }
  return JSON.stringify({ ...model, display_name: 'M' })
})

test.each([
  ['no value', undefined, [`GET ${KEY}`, 'GET ']],
  ['a value that is no snapshot', 'broken', [`GET ${KEY}`, `PUT ${KEY}:unreadable`]],
])('a first sync of many pages and names, and %s', async (_, value, looks) => {
  const [kv, upstream] = [new CellKv(), new CellUpstream()]
  if (value !== undefined) kv.values.set(KEY, value)
  upstream.state = {
    sweeps: [{ list: 'current' }],
    answer(response, { after, name }) {
      const at = pages.findIndex((page) => page.includes(`"${after}"`)) + 1
      const list = listOf(pages.slice(at, at + 1), at + 1 < pages.length)
      response.end(name === undefined ? list : pages.find((page) => page.includes(`"${name}-`)))
    },
  }
  await using started = await startCells([{ kv, upstream }])
  const cell = started.cells[0]!
  cell.now = Date.parse('2026-11-20T12:00:00Z')
  expect((await cell.fetch('/v1/models')).status).toBe(200)
  // Until the sync that the request began is done.
  await cell.tick()
  // A request's own look, those of an empty Keeper, and the list; then once more, with its aliases.
  const asked = [`GET ${KEY}`, ...looks, `PUT ${KEY}`, `PUT ${KEY}`]
  expect(kv.requests.toSorted()).toEqual(asked.toSorted())
  expect(upstream.requests).toBe(pages.length + 5)
  expect(kv.values.get(KEY)).toContain('"alias":"m-0"')
  expect(kv.requests.length + upstream.requests).toBeLessThanOrEqual(GRANTED)
})
