import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LIFECYCLES, type ListParams } from './list-params.ts'
import { parseListQuery } from './list-query.ts'
import type { ModelInfo } from './model.ts'
import { type Page, pageOf } from './page.ts'
import { listModels, listPages, type Send } from './walk.ts'

function model(id: string, lifecycle?: string | null): ModelInfo {
  const known = { type: 'model', id, display_name: id, created_at: '2026-01-01T00:00:00Z' } as const
  return lifecycle === undefined ? known : { ...known, lifecycle }
}

function ids(models: readonly ModelInfo[]): string[] {
  return models.map(({ id }) => id)
}

function serverOf(models: readonly ModelInfo[]): Send {
  return async ({ url }) => Response.json(pageOf(models, parseListQuery(new URL(url).searchParams)))
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
        expect(pageOf(models, params)).toEqual(naivePage(models, params))
      }),
      { numRuns: 500 },
    )
  })

  test('ids are null on an empty page, and only there', () => {
    fc.assert(
      fc.property(asked, ({ models, params }) => {
        const { data, first_id, last_id, has_more } = pageOf(models, params)
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
    const models = ['a', 'b', 'a', 'c'].map((id) => model(id))
    expect(ids(pageOf(models, { after_id: 'a' }).data)).toEqual(['b', 'a', 'c'])
    expect(ids(pageOf(models, { before_id: 'a' }).data)).toEqual(['a', 'b'])
  })
})

describe('pageOf', () => {
  const models = [
    model('e', 'active'),
    model('d', 'deprecated'),
    model('c', 'retired'),
    model('b'),
    model('a', 'retired'),
  ]

  test.each<[string, ListParams, string, boolean]>([
    ['the newest 20 that are not retired by default', {}, 'e d b', false],
    ['all of them', { lifecycle: ['retired', 'active', 'deprecated'] }, 'e d c b a', false],
    ['none of an empty filter left out', { lifecycle: [] }, 'e d b', false],
    ['what comes after', { after_id: 'e', limit: 1 }, 'd', true],
    ['what comes before, nearest', { before_id: 'b', limit: 1 }, 'd', true],
    ['nothing newer than the newest', { before_id: 'e' }, '', false],
    ['nothing older than the oldest', { after_id: 'a' }, '', false],
    ['more only in the direction asked for', { before_id: 'd' }, 'e', false],
    ['what lies around a model that the filter hides', { after_id: 'c' }, 'b', false],
    ['the same backwards', { before_id: 'c' }, 'e d', false],
    ['only hidden models beyond the cursor', { after_id: 'b' }, '', false],
  ])('shows %s', (_, params, expected, has_more) => {
    const page = pageOf(models, params)
    expect([ids(page.data).join(' '), page.has_more]).toEqual([expected, has_more])
  })

  test('keeps the keys in the order of the API', () => {
    expect(JSON.stringify(pageOf([]))).toBe(
      '{"data":[],"has_more":false,"first_id":null,"last_id":null}',
    )
  })

  test('hands on the very models it was given', () => {
    expect(pageOf(models).data[0]).toBe(models[0])
  })

  test.each(['after_id', 'before_id'])('refuses an unknown %s', (name) => {
    for (const id of ['', 'nobody', 'E', '__proto__', 'constructor']) {
      expect(() => pageOf(models, { [name]: id })).toThrow(
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
    ['lifecycle: expected up to three of active,deprecated,retired', { lifecycle: ['paused'] }],
    ['lifecycle: expected up to three of active,deprecated,retired', { lifecycle: 'active' }],
  ])('refuses wrong parameters: %s, %j', (message, params) => {
    expect(() => pageOf(models, params)).toThrow(
      expect.objectContaining({
        name: 'ApiError',
        status: 400,
        type: 'invalid_request_error',
        message,
      }),
    )
  })

  test('keeps catalogues apart', () => {
    const other = [model('x'), model('y')]
    expect(ids(pageOf(other).data)).toEqual(['x', 'y'])
    expect(ids(pageOf(models).data)).toEqual(['e', 'd', 'b'])
    expect(() => pageOf(other, { after_id: 'e' })).toThrow('Invalid pagination cursor')
  })

  test('reads no more of 100,000 models than the page that it was asked for', () => {
    const state = { reads: 0 }
    const many = Array.from({ length: 100_000 }, (_, position) => model(`m${position}`, 'active'))
    const watched = new Proxy(many, {
      get(target, key, receiver): unknown {
        state.reads += 1
        return Reflect.get(target, key, receiver)
      },
    })
    const asks: ListParams[] = [
      { limit: 10 },
      { limit: 10, after_id: 'm50000' },
      { limit: 10, before_id: 'm99999' },
      { limit: 10, after_id: 'm2', lifecycle: ['active', 'deprecated'] },
      { limit: 10, after_id: 'm3', lifecycle: ['deprecated', 'active'] },
    ]
    for (const params of asks) pageOf(watched, params)
    expect(state.reads).toBeGreaterThan(100_000)
    state.reads = 0
    for (const params of asks) {
      const page = pageOf(watched, params)
      expect(page.data).toHaveLength(10)
    }
    expect(state.reads).toBe(10 * asks.length)
  })
})
