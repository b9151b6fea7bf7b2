import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Change } from './change.ts'
import { type FollowOptions, followChanges } from './follow.ts'
import { PagedList } from './paged-list.ts'
import { parsePageQuery } from './page-query.ts'
import type { Send } from './walk.ts'

const ROOT = 'https://models.example/v1/changes?limit=1000'
const baseURL = 'https://models.example'
const LAST = { has_more: false }
const reason = new Error('enough')

function change(id: string): Change {
  const at = '2026-11-20T00:00:00Z'
  return { type: 'change', id, change: 'released', model_id: `model-${id}`, at, seeded: false }
}

/** `b a` is a page of two changes, newest first; what follows overrides its fields. */
function page(ids: string, fields: object = {}): Response {
  const data = ids.split(' ').flatMap((id) => (id ? change(id) : []))
  const [first_id, last_id] = [data[0]?.id ?? null, data.at(-1)?.id ?? null]
  return Response.json({ data, has_more: true, first_id, last_id, ...fields })
}

/** Answers the queries in the given order, and refuses any other request. */
function planned(...answers: [query: string, Response][]): Send & { asked: Request[] } {
  const asked: Request[] = []
  const send: Send = async (request) => {
    const [query, answer] = answers[asked.length] ?? ['nothing']
    asked.push(request)
    if (request.url !== ROOT + query || !answer) {
      throw new Error(`Nobody planned ${request.url}, but ${query}`)
    }
    return answer
  }
  return Object.assign(send, { asked })
}

/** Waits that are over at once, of which the last one never ends but by an abort. */
function waits(count: number): { options: FollowOptions; waited: number[] } {
  const controller = new AbortController()
  const waited: number[] = []
  const sleep: FollowOptions['sleep'] = async (ms, signal) => {
    waited.push(ms)
    if (waited.length >= count) controller.abort(reason)
    signal.throwIfAborted()
  }
  return { options: { baseURL, everyMs: 60_000, sleep, signal: controller.signal }, waited }
}

/** The ids in the order in which they came, and the error that ended them. */
async function follow(
  send: Send,
  options: Partial<FollowOptions> = {},
): Promise<{ ids: string; error?: unknown }> {
  const ids: string[] = []
  try {
    for await (const { id } of followChanges(send, { baseURL, ...options })) ids.push(id)
    return { ids: ids.join(' ') }
  } catch (error) {
    return { ids: ids.join(' '), error }
  }
}

describe('changes after a cursor', () => {
  test('come oldest first, page by page', async () => {
    const send = planned(
      ['&before_id=a', page('c b')],
      ['&before_id=c', page('e d')],
      ['&before_id=e', page('f', LAST)],
    )
    expect(await follow(send, { cursor: 'a' })).toEqual({ ids: 'b c d e f' })
  })

  test('come as soon as their page is there', async () => {
    const send = planned(['&before_id=a', page('c b')])
    const changes = followChanges(send, { baseURL, cursor: 'a' })
    expect(await changes.next()).toEqual({ done: false, value: change('b') })
    expect((await changes.next()).value).toMatchObject({ id: 'c' })
    expect(send.asked).toHaveLength(1)
    await changes.return()
    expect(send.asked).toHaveLength(1)
  })

  test('may be none', async () => {
    expect(await follow(planned(['&before_id=a', page('', LAST)]), { cursor: 'a' })).toEqual({
      ids: '',
    })
  })

  test('are asked for again and again, when that is wanted', async () => {
    const { options, waited } = waits(4)
    const send = planned(
      ['&before_id=a', page('c b')],
      ['&before_id=c', page('d', LAST)],
      // Nothing new, and then from a place that knows less: the cursor stays.
      ['&before_id=d', page('', LAST)],
      ['&before_id=d', page('', { ...LAST, first_id: 'b', last_id: 'b' })],
      ['&before_id=d', page('f e', LAST)],
    )
    expect(await follow(send, { ...options, cursor: 'a' })).toEqual({
      ids: 'b c d e f',
      error: reason,
    })
    expect(waited).toEqual([60_000, 60_000, 60_000, 60_000])
  })
})

describe('changes without a cursor', () => {
  test('begin with the whole history, oldest first', async () => {
    const send = planned(
      ['', page('e d')],
      ['&after_id=d', page('c b')],
      ['&after_id=b', page('a', LAST)],
    )
    expect(await follow(send)).toEqual({ ids: 'a b c d e' })
  })

  test('go on from the newest one', async () => {
    const { options } = waits(2)
    const send = planned(
      ['', page('c b')],
      ['&after_id=b', page('a', LAST)],
      ['&before_id=c', page('d', LAST)],
    )
    expect(await follow(send, options)).toEqual({ ids: 'a b c d', error: reason })
  })

  test('are asked for as a whole until there is one', async () => {
    const { options } = waits(3)
    const send = planned(
      ['', page('', LAST)],
      ['', page('a', LAST)],
      ['&before_id=a', page('', LAST)],
    )
    expect(await follow(send, options)).toEqual({ ids: 'a', error: reason })
  })

  test('are also meant by what a store says that has none', async () => {
    const send = planned(['', page('b')], ['&after_id=b', page('a', LAST)])
    expect(await follow(send, { cursor: null })).toEqual({ ids: 'a b' })
  })

  test('are not what an empty cursor asks for: it is one that no service knows', async () => {
    const send = planned(['&before_id=', page('', LAST)])
    expect(await follow(send, { cursor: '' })).toEqual({ ids: '' })
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
        const { news, lag, size, fails } = left.shift() ?? {
          news: 0,
          lag: 0,
          size: 2,
          fails: false,
        }
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
        try {
          const cursor = told.at(-1)
          for await (const { id } of followChanges(send, { baseURL, cursor })) told.push(id)
        } catch (error) {
          if (error !== reason) throw error
        }
      }
      expect(told).toEqual(history.map(({ id }) => id))
    }),
    { numRuns: 200 },
  )
})

describe('a request for changes', () => {
  test('goes to the base URL, and carries the headers that were given', async () => {
    const seen: unknown[] = []
    const send: Send = async ({ url, method, headers, redirect }) => {
      seen.push(url, method, headers.get('x-trace'), redirect)
      return page('', LAST)
    }
    const base = new URL('https://proxy.example/edge/')
    await follow(send, { baseURL: base, headers: { 'x-trace': '1' }, cursor: 'a&b' })
    const url = 'https://proxy.example/edge/v1/changes?limit=1000&before_id=a%26b'
    expect(seen).toEqual([url, 'GET', '1', 'manual'])
  })

  test('carries no key that was meant for Anthropic', async () => {
    const send = planned(['', page('', LAST)])
    await follow(send, { apiKey: 'k', authToken: 't' } as Partial<FollowOptions>)
    expect(send.asked.map(({ headers }) => [...headers.keys()])).toEqual([['anthropic-version']])
  })

  test.each<[string, object]>([
    ['baseURL: expected an http(s) URL', { baseURL: undefined }],
    ['baseURL: expected an http(s) URL', { baseURL: '' }],
    ['everyMs: expected more than 0 milliseconds', { everyMs: 0 }],
    ['everyMs: expected more than 0 milliseconds', { everyMs: -1 }],
    ['everyMs: expected more than 0 milliseconds', { everyMs: Number.NaN }],
  ])('is not sent if it is wrong: %s, %j', async (message, options) => {
    const send = planned()
    expect(await follow(send, options)).toMatchObject({
      ids: '',
      error: { name: 'ApiError', status: 400, message: expect.stringContaining(message) },
    })
    expect(send.asked).toEqual([])
  })

  test('is not sent before the first change is wanted', () => {
    const send = planned()
    followChanges(send, { baseURL })
    expect(send.asked).toEqual([])
  })
})

describe('a history that cannot be followed', () => {
  test('because the cursor is older than it is told by its service', async () => {
    const message = 'The cursor is older than the history'
    const details = { newest_id: 'z' }
    const body = { type: 'error', error: { type: 'not_found_error', message, details } }
    const send = planned(['&before_id=a', Response.json(body, { status: 410 })])
    expect(await follow(send, { cursor: 'a', everyMs: 1 })).toMatchObject({
      error: { name: 'ApiError', status: 410, type: 'not_found_error', message, details },
    })
  })

  test.each<[string, string, Partial<FollowOptions>, () => [string, Response][]]>([
    ['it has more, but no cursor', '', { cursor: 'a' }, () => [['&before_id=a', page('')]]],
    ['it has more, but no cursor', '', {}, () => [['', page('')]]],
    [
      'it has more, but no cursor',
      'b',
      { cursor: 'a' },
      () => [['&before_id=a', page('b', { first_id: null })]],
    ],
    [
      'its cursor does not advance',
      'b',
      { cursor: 'a' },
      () => [['&before_id=a', page('b', { first_id: 'a' })]],
    ],
    ['it comes to a twice', '', { cursor: 'a' }, () => [['&before_id=a', page('b a', LAST)]]],
    [
      'it comes to b twice',
      'b',
      { cursor: 'a' },
      () => [
        ['&before_id=a', page('b')],
        ['&before_id=b', page('c b', LAST)],
      ],
    ],
    [
      'it comes to b twice',
      '',
      {},
      () => [
        ['', page('c b')],
        ['&after_id=b', page('b a', LAST)],
      ],
    ],
    [
      'it has more than 2 pages',
      'b c',
      { cursor: 'a', maxPages: 2 },
      () => [
        ['&before_id=a', page('b')],
        ['&before_id=b', page('c')],
      ],
    ],
  ])('says that %s, after "%s"', async (why, ids, options, answers) => {
    const send = planned(...answers())
    expect(await follow(send, options)).toMatchObject({
      ids,
      error: {
        name: 'ApiError',
        type: 'bad_pagination',
        message: `The list cannot be walked to its end: ${why}`,
      },
    })
    expect(send.asked).toHaveLength(answers().length)
  })

  test('because it stands still is noticed even between two rounds', async () => {
    const { options } = waits(3)
    const send = planned(['&before_id=a', page('b', LAST)], ['&before_id=b', page('b', LAST)])
    expect(await follow(send, { ...options, cursor: 'a' })).toMatchObject({
      ids: 'b',
      error: { message: 'The list cannot be walked to its end: it comes to b twice' },
    })
  })

  test.each<[string, () => Response]>([
    ['an object', () => Response.json({})],
    ['changes without ids', () => page('', { data: [{ type: 'change' }], ...LAST })],
    ['changes without a type', () => page('', { data: [{ id: 'a' }], ...LAST })],
    ['has_more that is no boolean', () => page('a', { has_more: 'false' })],
    ['HTML', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['an error', () => Response.json({ error: { message: 'Down' } }, { status: 503 })],
  ])('because %s comes instead of a page', async (_, answer) => {
    const send = planned(['&before_id=a', page('b')], ['&before_id=b', answer()])
    expect(await follow(send, { cursor: 'a' })).toMatchObject({
      ids: 'b',
      error: { name: 'ApiError', type: 'api_error' },
    })
  })
})

describe('an abort', () => {
  test('before the first request sends nothing', async () => {
    const send = planned()
    expect(await follow(send, { signal: AbortSignal.abort(reason) })).toEqual({
      ids: '',
      error: reason,
    })
    expect(send.asked).toEqual([])
  })

  test('inside a page shows no further change', async () => {
    const controller = new AbortController()
    const send = planned(['&before_id=a', page('d c b', LAST)])
    const changes = followChanges(send, { baseURL, cursor: 'a', signal: controller.signal })
    expect((await changes.next()).value).toMatchObject({ id: 'b' })
    controller.abort(reason)
    await expect(changes.next()).rejects.toBe(reason)
  })

  test('ends the wait for news', async () => {
    const controller = new AbortController()
    const send = planned(['&before_id=a', page('b', LAST)])
    const options = { baseURL, cursor: 'a', everyMs: 3_600_000, signal: controller.signal }
    const changes = followChanges(send, options)
    expect((await changes.next()).value).toMatchObject({ id: 'b' })
    const waiting = changes.next()
    setTimeout(() => controller.abort(reason), 5)
    await expect(waiting).rejects.toBe(reason)
    expect((await changes.next()).done).toBe(true)
  })

  test('while a body is read comes out as itself', async () => {
    const controller = new AbortController()
    const send: Send = async () =>
      new Response(
        new ReadableStream({
          pull(body) {
            controller.abort(reason)
            body.error(new TypeError('broken off'))
          },
        }),
      )
    expect(await follow(send, { signal: controller.signal })).toEqual({ ids: '', error: reason })
  })

  test('reaches the request', async () => {
    const controller = new AbortController()
    const send: Send = ({ signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason))
        controller.abort(reason)
      })
    expect(await follow(send, { signal: controller.signal })).toEqual({ ids: '', error: reason })
  })
})
