import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LIFECYCLES, ofLifecycles } from './lifecycles.ts'
import type { ListParams } from './list-params.ts'
import { parseListQuery } from './list-query.ts'
import type { ModelInfo } from './model.ts'
import type { PageParams } from './page-params.ts'
import type { Page } from './page.ts'
import { PagedList } from './paged-list.ts'
import { listModels, listPages, type Send } from './walk.ts'

function model(id: string, lifecycle?: string | null): ModelInfo {
  const known = { type: 'model', id, display_name: id, created_at: '2026-01-01T00:00:00Z' } as const
  return lifecycle === undefined ? known : { ...known, lifecycle }
}

function ids(models: readonly ModelInfo[]): string[] {
  return models.map(({ id }) => id)
}

function listed(list: PagedList<ModelInfo>, params: ListParams = {}): Page {
  return list.page(params, ofLifecycles(params.lifecycle))
}

function serverOf(models: readonly ModelInfo[]): Send {
  const list = new PagedList(models)
  return async ({ url }) => Response.json(listed(list, parseListQuery(new URL(url).searchParams)))
}

/** The same by brute force: what the filter shows beyond the cursor, then the part nearest to it. */
function visible(models: readonly ModelInfo[], params: ListParams): ModelInfo[] {
  const { lifecycle = [], after_id, before_id } = params
  const place = (id: string | undefined): number => models.findIndex((each) => each.id === id)
  return models.filter((each, position) => {
    if (after_id !== undefined && position <= place(after_id)) return false
    if (before_id !== undefined && position >= place(before_id)) return false
    const lived = each.lifecycle ?? 'active'
    if (lifecycle.length === 0) return lived !== 'retired'
    return lifecycle.some((wanted) => wanted === lived)
  })
}

function naivePage(models: readonly ModelInfo[], params: ListParams): Page {
  const all = visible(models, params)
  const limit = params.limit ?? 20
  const data = params.before_id === undefined ? all.slice(0, limit) : all.slice(-limit)
  const [first_id = null] = ids(data)
  const [last_id = null] = ids(data).toReversed()
  return { data, has_more: all.length > data.length, first_id, last_id }
}

function naiveWalk(models: readonly ModelInfo[], params: ListParams): string[][] {
  const all = ids(visible(models, params))
  const limit = params.limit ?? 20
  const pages = []
  while (all.length > 0) {
    pages.push(params.before_id === undefined ? all.splice(0, limit) : all.splice(-limit))
  }
  return pages.length > 0 ? pages : [[]]
}

/** Any catalogue with any parameters that fit it. */
const asked = fc
  .array(
    fc.oneof(
      fc.constantFrom('active', 'deprecated', 'retired'),
      fc.constantFrom(undefined, null, '', 'paused', 'Active', '__proto__'),
    ),
    { maxLength: 60, size: 'max' },
  )
  .map((lifecycles) => lifecycles.map((each, position) => model(`m${position}`, each)))
  .chain((models) => {
    const limit = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(20, 1000, undefined))
    const lifecycle = fc.option(fc.array(fc.constantFrom(...LIFECYCLES), { maxLength: 3 }), {
      nil: undefined,
    })
    const cursor = fc.constantFrom<ListParams>(
      {},
      ...ids(models).flatMap((id) => [{ after_id: id }, { before_id: id }]),
    )
    const params = fc
      .record({ limit, lifecycle, cursor })
      .map(({ cursor: from, ...filter }): ListParams => Object.assign(filter, from))
    return fc.record({ models: fc.constant(models), params })
  })

describe('for every catalogue, filter, limit, direction and start', () => {
  test('a page is what brute force finds', () => {
    fc.assert(
      fc.property(asked, ({ models, params }) => {
        expect(listed(new PagedList(models), params)).toEqual(naivePage(models, params))
      }),
      { numRuns: 500 },
    )
  })

  test('ids are null on an empty page, and only there', () => {
    fc.assert(
      fc.property(asked, ({ models, params }) => {
        const { data, first_id, last_id, has_more } = listed(new PagedList(models), params)
        expect([first_id === null, last_id === null]).toEqual(Array(2).fill(data.length === 0))
        if (data.length === 0) expect(has_more).toBe(false)
      }),
    )
  })

  test('walking the pages gives every model once: nearest page first, newest first in it', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ models, params }) => {
        const pages = []
        for await (const page of listPages(serverOf(models), params)) pages.push(ids(page.data))
        expect(pages).toEqual(naiveWalk(models, params))
      }),
      { numRuns: 150 },
    )
  })

  test('the models come one by one in the same order, whole', async () => {
    await fc.assert(
      fc.asyncProperty(asked, async ({ models, params }) => {
        const walked = []
        for await (const each of listModels(serverOf(models), params)) walked.push(each)
        expect(ids(walked)).toEqual(naiveWalk(models, params).flat())
        for (const each of walked) expect(models).toContainEqual(each)
      }),
      { numRuns: 100 },
    )
  })
})

describe('a catalogue in which an id comes twice', () => {
  const doubled = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 2, maxLength: 12 })
    .filter((names) => new Set(names).size < names.length)

  test('makes a walk fail in both directions, and never end short', async () => {
    await fc.assert(
      fc.asyncProperty(doubled, fc.integer({ min: 1, max: 5 }), async (names, limit) => {
        const send = serverOf(['newest', ...names, 'oldest'].map((id) => model(id)))
        for (const params of [{ limit }, { limit, before_id: 'oldest' }]) {
          const walked = (async () => {
            for await (const page of listPages(send, params)) expect(page.data).not.toEqual([])
          })()
          await expect(walked).rejects.toMatchObject({
            name: 'ApiError',
            type: 'bad_pagination',
            message: expect.stringMatching(/: it comes to [a-f] twice$/),
          })
        }
      }),
      { numRuns: 300 },
    )
  })

  test('is paged from the place that is farther back on the way', () => {
    const list = new PagedList(['a', 'b', 'a', 'c', 'a', 'd'].map((id) => model(id)))
    expect(ids(list.page({ after_id: 'a' }).data)).toEqual(['b', 'a', 'c', 'a', 'd'])
    expect(ids(list.page({ before_id: 'a' }).data)).toEqual(['a', 'b', 'a', 'c'])
  })
})

describe('a paged list', () => {
  const models = [
    model('e', 'active'),
    model('d', 'deprecated'),
    model('c', 'retired'),
    model('b'),
    model('a', 'retired'),
  ]
  const list = new PagedList(models)

  test.each<[string, ListParams, string, boolean]>([
    ['the newest 20 that are not retired by default', {}, 'e d b', false],
    ['all of them', { lifecycle: ['retired', 'active', 'deprecated'] }, 'e d c b a', false],
    ['what comes after', { after_id: 'e', limit: 1 }, 'd', true],
    ['what comes before, nearest', { before_id: 'b', limit: 1 }, 'd', true],
    ['what comes before, newest first', { before_id: 'b', limit: 2 }, 'e d', false],
    ['nothing newer than the newest', { before_id: 'e' }, '', false],
    ['nothing older than the oldest', { after_id: 'a' }, '', false],
    ['more only in the direction asked for', { before_id: 'd' }, 'e', false],
    ['what lies around a model that the filter hides', { after_id: 'c' }, 'b', false],
    ['the same backwards', { before_id: 'c' }, 'e d', false],
    ['only hidden models beyond the cursor', { after_id: 'b' }, '', false],
    [
      'no more where only hidden models follow a full page',
      { after_id: 'd', limit: 1 },
      'b',
      false,
    ],
  ])('shows %s', (_, params, expected, has_more) => {
    const page = listed(list, params)
    expect([ids(page.data).join(' '), page.has_more]).toEqual([expected, has_more])
  })

  test('shows everything unless told what to show', () => {
    expect(ids(list.page().data)).toEqual(['e', 'd', 'c', 'b', 'a'])
    expect(ids(list.page({ limit: 2, after_id: 'e' }).data)).toEqual(['d', 'c'])
  })

  test('shows 20 items unless told how many', () => {
    const many = new PagedList(Array.from({ length: 21 }, (_, place) => model(`m${place}`)))
    expect(many.page().data).toHaveLength(20)
    expect(many.page()).toMatchObject({ has_more: true, first_id: 'm0', last_id: 'm19' })
  })

  test('keeps the keys in the order of the API', () => {
    expect(JSON.stringify(new PagedList([]).page())).toBe(
      '{"data":[],"has_more":false,"first_id":null,"last_id":null}',
    )
  })

  test('hands on the very items it was given', () => {
    expect(list.page().data[0]).toBe(models[0])
    expect(list.items).toBe(models)
  })

  test.each(['after_id', 'before_id'])('refuses an unknown %s', (name) => {
    for (const id of ['', 'nobody', 'E', '__proto__', 'constructor']) {
      expect(() => list.page({ [name]: id })).toThrow(
        expect.objectContaining({
          name: 'ApiError',
          status: 400,
          type: 'invalid_request_error',
          message: `Invalid pagination cursor for '${name}'`,
        }),
      )
    }
  })

  test.each<[string, object]>([
    ['limit: expected an integer from 1 to 1000', { limit: 0 }],
    ['limit: expected an integer from 1 to 1000', { limit: Number.NaN }],
    ['limit: expected an integer from 1 to 1000', { limit: -1 }],
    ['limit: expected an integer from 1 to 1000', { limit: 1001 }],
    ['after_id, before_id: expected one of the two', { after_id: 'e', before_id: 'b' }],
  ])('refuses wrong parameters: %s, %j', (message, params) => {
    expect(() => list.page(params)).toThrow(
      expect.objectContaining({
        name: 'ApiError',
        status: 400,
        type: 'invalid_request_error',
        message,
      }),
    )
  })
})

describe('cursors of another kind', () => {
  const list = new PagedList(
    [9, 7, 5, 3].map((number) => ({ id: `#${number}` })),
    (cursor) => {
      const number = Number(cursor.slice(1))
      if (Number.isNaN(number)) return undefined
      const before = [9, 7, 5, 3].filter((other) => other > number).length
      return { before, after: number % 2 ? before + 1 : before }
    },
  )

  test.each<[PageParams, string, boolean]>([
    [{ after_id: '#7' }, '#5 #3', false],
    [{ before_id: '#7' }, '#9', false],
    [{ after_id: '#6' }, '#5 #3', false],
    [{ before_id: '#6', limit: 1 }, '#7', true],
    [{ before_id: '#6' }, '#9 #7', false],
    [{ before_id: '#10' }, '', false],
    [{ after_id: '#10', limit: 3 }, '#9 #7 #5', true],
    [{ after_id: '#2' }, '', false],
    [{ before_id: '#2', limit: 3 }, '#7 #5 #3', true],
  ])('can lie between two items: %j', (params, expected, has_more) => {
    const page = list.page(params)
    expect([page.data.map(({ id }) => id).join(' '), page.has_more]).toEqual([expected, has_more])
  })

  test('are refused where no place is known', () => {
    expect(() => list.page({ before_id: 'five' })).toThrow(
      "Invalid pagination cursor for 'before_id'",
    )
  })
})

describe('the cost of a page', () => {
  const many = Array.from({ length: 100_000 }, (_, place) =>
    model(`m${place}`, place % 2 ? 'active' : 'retired'),
  )
  const state = { reads: 0 }
  const watched = new Proxy(many, {
    get(target, key, receiver): unknown {
      state.reads += 1
      return Reflect.get(target, key, receiver)
    },
  })

  test.each<[number, PageParams]>([
    [10, {}],
    [10, { after_id: 'm50000' }],
    [10, { before_id: 'm99999' }],
  ])('is to look at %i items and the next one, wherever it lies: %j', (limit, from) => {
    const list = new PagedList(watched)
    list.page({ after_id: 'm0' })
    state.reads = 0
    expect(list.page({ ...from, limit }).data).toHaveLength(limit)
    expect(state.reads).toBe(limit + 1)
    state.reads = 0
    expect(list.page({ ...from, limit }, ofLifecycles()).data).toHaveLength(limit)
    expect(state.reads).toBeLessThanOrEqual(2 * (limit + 1))
  })

  test('is paid for cursors when the first of them comes, and once', () => {
    state.reads = 0
    const list = new PagedList(watched)
    list.page({ limit: 10 })
    expect(state.reads).toBe(11)
    list.page({ limit: 10, after_id: 'm2' })
    expect(state.reads).toBeGreaterThan(many.length)
    state.reads = 0
    list.page({ limit: 10, before_id: 'm99999' })
    expect(state.reads).toBe(11)
  })
})
