import * as fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Change } from './change.ts'
import { type FollowOptions, followChanges } from './follow.ts'
import { PagedList } from './paged-list.ts'
import { parsePageQuery } from './page-query.ts'
import type { Send } from './walk.ts'

const baseURL = 'https://models.example'
const reason = new Error('enough')

function change(id: string): Change {
  const at = '2026-11-20T00:00:00Z'
  return { type: 'change', id, change: 'released', model_id: `model-${id}`, at, seeded: false }
}

/** Gives pages in the given order: `c b` is a last page, newest first, and `c b…` has more behind it. */
function planned(...plan: string[]): { send: Send; asked: Request[] } {
  const asked: Request[] = []
  const send: Send = async (request) => {
    const step = plan[asked.length] ?? expect.unreachable('Nobody planned a request')
    const [query, text = ''] = step.split(' → ')
    asked.push(request)
    expect(request.url).toBe(`${baseURL}/v1/changes?limit=1000${query}`)
    const ids = text.replace('…', '').split(' ')
    const data = ids.flatMap((id) => (id ? change(id) : []))
    const [first_id, last_id] = [data[0]?.id ?? null, data.at(-1)?.id ?? null]
    return Response.json({ data, has_more: text.endsWith('…'), first_id, last_id })
  }
  return { send, asked }
}

/** The ids in the order in which they came, and the error that ended them. */
async function follow(send: Send, options: object = {}): Promise<{ ids: string; error?: unknown }> {
  const ids: string[] = []
  try {
    for await (const { id } of followChanges(send, { baseURL, ...options })) ids.push(id)
    return { ids: ids.join(' ') }
  } catch (error) {
    return { ids: ids.join(' '), error }
  }
}

describe('changes come once each, oldest first', () => {
  test.each<[string, string | null | undefined, string[]]>([
    ['b c d e', 'a', ['&before_id=a → c b…', '&before_id=c → e d']],
    ['', 'a', ['&before_id=a → ']],
    // An empty cursor is one that no service knows, and not the wish for all.
    ['', '', ['&before_id= → ']],
    ['a b c d', undefined, [' → d c…', '&after_id=c → b a']],
    ['a', null, [' → a']],
  ])('"%s" after the cursor %j', async (ids, cursor, plan) => {
    const { send, asked } = planned(...plan)
    expect(await follow(send, { cursor })).toEqual({ ids })
    expect(asked).toHaveLength(plan.length)
  })

  test('as soon as their page is there', async () => {
    const { send, asked } = planned('&before_id=a → c b…')
    const changes = followChanges(send, { baseURL, cursor: 'a' })
    expect(asked).toEqual([])
    expect(await changes.next()).toEqual({ done: false, value: change('b') })
    expect((await changes.next()).value).toMatchObject({ id: 'c' })
    await changes.return()
    expect(asked).toHaveLength(1)
  })

  test.each<[string, string | undefined, string[]]>([
    // Nothing new leaves the cursor where it is.
    ['b c d', 'a', ['&before_id=a → b', '&before_id=b → ', '&before_id=b → d c']],
    ['a b c', undefined, [' → ', ' → b…', '&after_id=b → a', '&before_id=b → c']],
  ])('"%s", asked for again and again from %j', async (ids, cursor, plan) => {
    const controller = new AbortController()
    const { send, asked } = planned(...plan)
    const waits: unknown[] = []
    const sleep: FollowOptions['sleep'] = async (ms, signal) => {
      waits.push(ms)
      if (asked.length === plan.length) controller.abort(reason)
      signal.throwIfAborted()
    }
    const options = { cursor, everyMs: 60_000, sleep, signal: controller.signal }
    expect(await follow(send, options)).toEqual({ ids, error: reason })
    expect(waits).toEqual([60_000, 60_000, 60_000])
  })
})

/** What happens at a request: changes come, and a place answers that may be behind, or fails. */
const moment = fc.record({
  news: fc.integer({ min: 0, max: 4 }),
  lag: fc.integer({ min: 0, max: 5 }),
  size: fc.integer({ min: 1, max: 3 }),
  fails: fc.boolean(),
})

test('no change is missed or told twice, whatever happens meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(8), fc.array(moment, { maxLength: 20 }), async (count, moments) => {
      const history = Array.from({ length: count }, (_, place) => change(`${place}`))
      const left = [...moments]
      const send: Send = async ({ url }) => {
        const { news, lag, size, fails } = left.shift() ?? { news: 0, lag: 0, size: 2 }
        for (let more = 0; more < news; more += 1) history.push(change(`${history.length}`))
        const known = history.slice(0, Math.max(0, history.length - lag)).toReversed()
        const { after_id, ...query } = parsePageQuery(new URL(url).searchParams)
        // On the way back, a place that does not know the cursor yet would leave out what lies between.
        if (fails || Number(after_id) >= known.length) throw reason
        const list = new PagedList(known, (cursor) => {
          const after = known.length - Number(cursor)
          return { before: Math.max(0, after - 1), after }
        })
        const from = after_id === undefined ? query : { after_id }
        return Response.json(list.page({ ...from, limit: size }))
      }
      const told: string[] = []
      for (let runs = 0; left.length > 0 || told.length < history.length; runs += 1) {
        if (runs > 100) throw new Error('It never catches up')
        const { ids, error } = await follow(send, { cursor: told.at(-1) })
        if (error !== undefined && error !== reason) throw error
        told.push(...ids.split(' ').filter(Boolean))
      }
      expect(told).toEqual(history.map(({ id }) => id))
    }),
    { numRuns: 200 },
  )
})

describe('a request for changes', () => {
  test('carries the headers that were given, and no key that was meant for Anthropic', async () => {
    const { send, asked } = planned(' → ')
    await follow(send, { headers: { 'x-trace': '1' }, apiKey: 'k', authToken: 't' })
    const sent = asked.map(({ headers }) => Object.fromEntries(headers))
    expect(sent).toEqual([{ 'anthropic-version': '2023-06-01', 'x-trace': '1' }])
  })

  test.each<[string, object]>([
    ['baseURL: expected an http(s) URL', { baseURL: undefined }],
    ['everyMs: expected more than 0 milliseconds', { everyMs: 0 }],
  ])('is not sent if it is wrong: %s, %j', async (message, options) => {
    const { send, asked } = planned()
    const error = { name: 'ApiError', message: expect.stringContaining(message) }
    expect(await follow(send, options)).toMatchObject({ ids: '', error })
    expect(asked).toEqual([])
  })
})

test('a history that cannot be followed ends with an error', async () => {
  const { send } = planned('&before_id=a → b…', '&before_id=b → c…')
  const { ids, error } = await follow(send, { cursor: 'a', maxPages: 2 })
  expect(ids).toBe('b c')
  expect(String(error)).toContain('it has more than 2 pages')
  // A model is no change.
  const models = { data: [{ id: 'a' }], has_more: false }
  const other = await follow(async () => Response.json(models), { everyMs: 1 })
  expect(String(other.error)).toContain('got other JSON')
})

describe('an abort', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  test('inside a page shows no further change', async () => {
    const controller = new AbortController()
    const { send } = planned('&before_id=a → c b')
    const changes = followChanges(send, { baseURL, cursor: 'a', signal: controller.signal })
    await changes.next()
    controller.abort(reason)
    await expect(changes.next()).rejects.toBe(reason)
  })

  test('ends the wait for news, in real time', async () => {
    vi.useFakeTimers()
    const controller = new AbortController()
    const { send } = planned('&before_id=a → b', '&before_id=b → c')
    const followed = follow(send, { cursor: 'a', everyMs: 60_000, signal: controller.signal })
    await vi.advanceTimersByTimeAsync(60_000)
    await vi.advanceTimersByTimeAsync(59_999)
    controller.abort(reason)
    expect(await followed).toEqual({ ids: 'b c', error: reason })
  })

  test('while a body is read comes out as itself', async () => {
    const controller = new AbortController()
    const send: Send = async ({ signal }) => {
      controller.abort(reason)
      // The request has the caller's signal, and its body breaks off.
      return new Response(signal.aborted ? '{' : '{"data":[],"has_more":false}')
    }
    expect(await follow(send, { signal: controller.signal })).toEqual({ ids: '', error: reason })
  })
})
