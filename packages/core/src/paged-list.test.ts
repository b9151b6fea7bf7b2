import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PagedList, type Place } from './paged-list.ts'
import type { PageParams } from './page-params.ts'
import type { Page } from './page.ts'
import { parsePageQuery } from './page-query.ts'
import { listPages, type Send } from './walk.ts'

interface Item {
  readonly id: string
  readonly shown: boolean
}

const isShown = ({ shown }: Item): boolean => shown

function items(names: string): Item[] {
  return names.split(' ').map((id) => ({ id, shown: true }))
}

function ids(page: { readonly data: readonly { readonly id: string }[] }): string {
  return page.data.map(({ id }) => id).join(' ')
}

/** What is shown beyond the cursor, by brute force. */
function beyond(all: readonly Item[], { after_id, before_id }: PageParams): Item[] {
  const place = (id: string | undefined): number => all.findIndex((each) => each.id === id)
  if (after_id !== undefined) return all.slice(place(after_id) + 1).filter(isShown)
  if (before_id !== undefined) return all.slice(0, place(before_id)).filter(isShown)
  return all.filter(isShown)
}

/** Takes the part that is nearest to the cursor off the rest. */
function nearest(rest: Item[], { limit = 20, before_id }: PageParams): Page<Item> {
  const data = before_id === undefined ? rest.splice(0, limit) : rest.splice(-limit)
  const [first_id, last_id] = [data[0]?.id ?? null, data.at(-1)?.id ?? null]
  return { data, has_more: rest.length > 0, first_id, last_id }
}

/** A cursor between two items, named by how many are newer. */
function between(cursor: string): Place {
  return { before: Number(cursor), after: Number(cursor) }
}

function serverOf(list: PagedList<Item>): Send {
  return async ({ url }) =>
    Response.json(list.page(parsePageQuery(new URL(url).searchParams), isShown))
}

/** Any list, with any parameters that fit it. */
const asked = fc.array(fc.boolean(), { maxLength: 60, size: 'max' }).chain((shown) => {
  const all = shown.map((each, place): Item => ({ id: `m${place}`, shown: each }))
  const cursors = all.flatMap(({ id }) => [{ after_id: id }, { before_id: id }])
  const limits = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(20, 1000, undefined))
  return fc
    .tuple(limits, fc.constantFrom<PageParams>({}, ...cursors))
    .map(([limit, cursor]) => ({ all, params: { limit, ...cursor } as PageParams }))
})

test('for every list, limit, direction and start, a walk meets every item once', async () => {
  await fc.assert(
    fc.asyncProperty(asked, async ({ all, params }) => {
      const rest = beyond(all, params)
      for await (const page of listPages(serverOf(new PagedList(all)), params)) {
        expect(page).toEqual(nearest(rest, params))
      }
      expect(rest).toEqual([])
    }),
    { numRuns: 300 },
  )
})

describe('a paged list', () => {
  const all = items('e d c b a')
  const list = new PagedList(all)

  test('shows everything unless told what to show, and hands on the very items', () => {
    expect(list.page().data.map((item, place) => item === all[place])).toEqual(Array(5).fill(true))
    expect(list.items).toBe(all)
  })

  test('keeps the keys in the order of the API', () => {
    expect(JSON.stringify(new PagedList([]).page())).toBe(
      '{"data":[],"has_more":false,"first_id":null,"last_id":null}',
    )
  })

  test('pages an id that comes twice from the place that is farther back on the way', () => {
    const doubled = new PagedList(items('a b a c a d'))
    expect(ids(doubled.page({ after_id: 'a' }))).toBe('b a c a d')
    expect(ids(doubled.page({ before_id: 'a' }))).toBe('a b a c')
  })

  test.each<[string, object]>([
    ["Invalid pagination cursor for 'after_id'", { after_id: '' }],
    ["Invalid pagination cursor for 'before_id'", { before_id: 'constructor' }],
    ['limit: expected an integer from 1 to 1000', { limit: 0 }],
    ['after_id, before_id: expected one of the two', { after_id: 'e', before_id: 'b' }],
  ])('refuses wrong parameters: %s, %j', (message, params) => {
    expect(() => list.page(params)).toThrow(message)
  })
})

test.each<[PageParams, string, boolean]>([
  [{ after_id: '2' }, 'b a', false],
  [{ before_id: '2', limit: 1 }, 'c', true],
  [{ before_id: '0' }, '', false],
  [{ after_id: '4' }, '', false],
])('cursors of another kind can lie between two items: %j', (params, expected, has_more) => {
  const page = new PagedList(items('d c b a'), between).page(params)
  expect([ids(page), page.has_more]).toEqual([expected, has_more])
})

const many = Array.from({ length: 1000 }, (_, place) => ({ id: `m${place}` }))
let reads = 0
const watched = new Proxy(many, {
  get(target, key, receiver): unknown {
    reads += 1
    return Reflect.get(target, key, receiver)
  },
})

function cost(list: PagedList<{ id: string }>, params: PageParams): number {
  reads = 0
  expect(list.page({ ...params, limit: 10 }).data).toHaveLength(10)
  return reads
}

test('a page costs a look at its items and the next one; all are looked at for the first cursor', () => {
  const list = new PagedList(watched)
  expect(cost(list, {})).toBe(11)
  expect(cost(list, { after_id: 'm2' })).toBeGreaterThan(many.length)
  expect(cost(list, { after_id: 'm500' })).toBe(11)
  expect(cost(list, { before_id: 'm999' })).toBe(11)
})
