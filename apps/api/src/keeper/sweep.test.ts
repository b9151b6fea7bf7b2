import { expect, test } from 'vitest'
import { SOURCE } from '../../test/world/keeper-world.ts'
import { modelOf } from '../../test/world/snapshots.ts'
import type { Reason } from './failure.ts'
import { sweep, type Swept } from './sweep.ts'
import type { Upstream } from './upstream.ts'

const { signal } = new AbortController()

/** An upstream with these pages, and how many of them were taken. */
function upstreamOf(pages: readonly (readonly string[])[]): Upstream & { taken: number } {
  return {
    taken: 0,
    source: () => Promise.resolve(SOURCE),
    resolve: () => Promise.reject(new Error('an unexpected question')),
    async *pages() {
      for (const page of pages) {
        this.taken += 1
        yield Promise.resolve(page)
      }
    },
  }
}

function sweepOf(...pages: readonly (readonly string[])[]): Promise<Swept> {
  return sweep(upstreamOf(pages), signal)
}

function idOf(length: number): string {
  return JSON.stringify({ id: 'x'.repeat(length) })
}

/** A model whose text has so many characters. */
function textOf(length: number): string {
  const empty = JSON.stringify({ id: 'x', name: '' })
  return JSON.stringify({ id: 'x', name: 'x'.repeat(length - empty.length) })
}

function refusal(reason: Reason): unknown {
  return expect.objectContaining({ name: 'SyncError', reason })
}

test('every model of every page, in its order, and where they come from', async () => {
  const models = ['a', 'b', 'c'].map((id) => modelOf(id))
  const [a, b, c] = models.map(({ json }) => json)
  expect(await sweepOf([a!, b!], [], [c!])).toEqual({ source: SOURCE, models })
})

test.each<[string, readonly string[], Reason]>([
  ['no model', [], 'empty'],
  ['an id that is empty', [idOf(1), idOf(0)], 'bad_list'],
  ['an id of 257 characters', [idOf(257)], 'bad_list'],
])('a list with %s is none', async (_, page, reason) => {
  await expect(sweepOf(page)).rejects.toEqual(refusal(reason))
})

test('an id may have 256 characters', async () => {
  expect((await sweepOf([idOf(256)])).models).toHaveLength(1)
})

test('more than 2,000,000 characters are too many, and the rest is not asked for', async () => {
  expect((await sweepOf([textOf(1_999_000), textOf(1000)])).models).toHaveLength(2)
  const upstream = upstreamOf([[textOf(1_999_000)], [textOf(1001)], [textOf(100)]])
  await expect(sweep(upstream, signal)).rejects.toEqual(refusal('too_large'))
  expect(upstream.taken).toBe(2)
})
