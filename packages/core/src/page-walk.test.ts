import { describe, expect, test } from 'vitest'
import type { ListParams } from './list-params.ts'
import { walkPages } from './page-walk.ts'
import type { Page } from './page.ts'

type Item = { readonly id: string }
type Bounds = Parameters<typeof walkPages>[2]

const filter: ListParams = { limit: 2, lifecycle: ['active'] }

/** `b a` is a last page, `b a…` one with more behind it; a cursor that is not the usual one comes last. */
function page(text: string): Page<Item> {
  const [ids = '', cursor] = text.split('…')
  const data = ids.split(' ').flatMap((id) => (id ? { id } : []))
  const usual = { first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null }
  const odd = cursor ? { first_id: JSON.parse(cursor), last_id: JSON.parse(cursor) } : {}
  return { data, has_more: cursor !== undefined, ...usual, ...odd }
}

function paramsOf(step = ''): ListParams {
  return { ...filter, ...Object.fromEntries(new URLSearchParams(step.split(' → ')[0])) }
}

/** Walks what is planned, from the parameters of its first step; anything else is refused. */
function start(plan: readonly string[], bounds: Bounds = {}) {
  const left = [...plan]
  const ask = async (params: ListParams): Promise<Page<Item>> => {
    const step = left.shift() ?? expect.unreachable('Nobody planned a request')
    expect(params).toEqual(paramsOf(step))
    return page(step.split('→ ')[1] ?? '')
  }
  return { pages: walkPages(ask, paramsOf(plan[0]), bounds), left }
}

/** The ids of each page that came, the error at the end, and the requests that were not made. */
async function walk(plan: readonly string[], bounds?: Bounds) {
  const { pages, left } = start(plan, bounds)
  const shown: string[] = []
  try {
    for await (const { data } of pages) shown.push(data.map(({ id }) => id).join(' '))
  } catch (error) {
    return { shown, error, left }
  }
  return { shown, left }
}

describe('a walk', () => {
  const older = [' → e d…', 'after_id=d → c b…', 'after_id=b → a']

  test.each([
    ['towards the older items', older, ['e d', 'c b', 'a']],
    ['towards the older ones from after_id', older.slice(1), ['c b', 'a']],
    ['towards the newer ones', ['before_id=a → c b…', 'before_id=c → e d'], ['c b', 'e d']],
    ['to an empty page', [' → '], ['']],
  ])('goes %s, page by page as they are', async (_, plan, shown) => {
    expect(await walk(plan, { maxPages: plan.length })).toEqual({ shown, left: [] })
  })

  test('asks for a page when it is needed, and for none when its reader has left', async () => {
    const { pages, left } = start(older)
    expect(left).toHaveLength(3)
    await pages.next()
    expect(left).toHaveLength(2)
    await pages.return(undefined)
    expect(await pages.next()).toEqual({ done: true, value: undefined })
    expect(left).toHaveLength(2)
  })

  test('asks for nothing after an abort', async () => {
    const controller = new AbortController()
    const { pages, left } = start(older, controller)
    await pages.next()
    controller.abort(new Error('enough'))
    await expect(pages.next()).rejects.toThrow('enough')
    expect(left).toHaveLength(2)
  })

  test.each([
    [1, 1],
    [-1, 1],
    [Number.NaN, 1],
    [1.5, 2],
  ])('of at most %d pages ends after %i, if there are more', async (maxPages, count) => {
    const { shown, error } = await walk(older, { maxPages })
    expect(shown).toHaveLength(count)
    expect(error).toHaveProperty('message', expect.stringMatching(`than ${maxPages} pages$`))
  })
})

test.each<[string, string[], string[]]>([
  ['it comes to a twice', [], [' → a b a']],
  ['it comes to x twice', [], ['after_id=x → x a']],
  ['it comes to x twice', [], ['before_id=x → a x']],
  ['it comes to a twice', ['a b', 'c'], [' → a b…"y"', 'after_id=y → c…"z"', 'after_id=z → d a']],
  ['its cursor does not advance', ['a'], ['after_id=x → a…"x"']],
  ['its cursor does not advance', ['a'], ['before_id=x → a…"x"']],
  ['its cursor does not advance', ['a', 'b'], [' → a…', 'after_id=a → b…"a"']],
  ['it has more, but no cursor', ['a'], [' → a…null']],
  ['it has more, but no cursor', ['a'], ['before_id=x → a…""']],
  ['it has more, but no cursor', [''], [' → …"x"']],
])('a walk is never cut short in silence: %s, after %j', async (why, shown, plan) => {
  const message = `The list cannot be walked to its end: ${why}`
  const error = { name: 'ApiError', type: 'bad_pagination', message }
  const told = await walk(plan)
  expect(told).toMatchObject({ shown, error })
  expect(told.left).toEqual([])
})

/** How many pages of one item come, and how the walk ends after as many as there are. */
async function walkLong(
  pages: number,
  idOf: (n: number) => number,
  cursorOf: (n: number) => number,
) {
  let count = 0
  const ask = async (): Promise<Page<Item>> => {
    count += 1
    const cursor = `cursor ${cursorOf(count)}`
    const data = [{ id: `${idOf(count)}` }]
    return { data, has_more: count < pages, first_id: cursor, last_id: cursor }
  }
  try {
    for await (const _ of walkPages(ask, {}, { maxPages: pages }));
    return `${count}`
  } catch (error) {
    return `${count}, ${(error as Error).message.split(': ')[1]}`
  }
}

const itself = (n: number): number => n

describe('a long walk', () => {
  test.each([
    [10_000, 1, '10000, it comes to 1 twice'],
    [10_001, 1, '10001'],
    [20_001, 10_001, '20001, it comes to 10001 twice'],
    [20_002, 10_001, '20002'],
  ])('of which item %i is item %i again comes so far: %s', async (last, first, end) => {
    expect(await walkLong(last, (n) => (n === last ? first : n), itself)).toBe(end)
  })

  test.each([
    [0, 1, 2],
    [3, 1, 5],
    [0, 2, 4],
    [0, 5, 13],
    [6, 3, 11],
    [100, 30, 158],
    [9, 1000, 2024],
  ])('that after %i pages goes in a circle of %i ends after %i', async (way, circle, end) => {
    const cursorOf = (n: number): number => Math.min(n, way + 1 + ((n - way - 1) % circle))
    const told = await walkLong(end + 1, itself, cursorOf)
    expect(told).toBe(`${end}, its cursor does not advance`)
  })
})
