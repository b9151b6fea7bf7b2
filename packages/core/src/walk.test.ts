import { describe, expect, test } from 'vitest'
import { getModel, listModels, listPages, type Send, type WalkOptions } from './walk.ts'

const ROOT = 'https://api.anthropic.com/v1/models'

/** `a b` is a page of two models; what follows overrides its fields. */
function page(ids: string, fields: object = {}): Response {
  const data = ids.split(' ').flatMap((id) => (id ? { type: 'model', id } : []))
  const [first_id, last_id] = [data[0]?.id ?? null, data.at(-1)?.id ?? null]
  return Response.json({ data, has_more: true, first_id, last_id, ...fields })
}

const LAST = { has_more: false }

/** Answers the queries in the given order, and refuses any other request. */
function planned(...answers: [query: string, Response][]): Send & { asked: string[] } {
  const asked: string[] = []
  const send: Send = async ({ url }) => {
    const [query, answer] = answers[asked.length] ?? ['nothing']
    asked.push(url)
    if (url !== ROOT + query || !answer) throw new Error(`Nobody planned ${url}, but ${query}`)
    return answer
  }
  return Object.assign(send, { asked })
}

/** Answers with a body that breaks off when the signal does, as that of `fetch` does, and not before. */
const stuck: Send = async ({ signal }) =>
  new Response(
    new ReadableStream({
      start(body) {
        body.enqueue(new TextEncoder().encode('{"data":['))
        signal.addEventListener('abort', () => body.error(signal.reason))
      },
    }),
  )

async function walk(send: Send, params: object = {}, options: WalkOptions = {}): Promise<string[]> {
  const ids = []
  for await (const { id } of listModels(send, params, options)) ids.push(id)
  return ids
}

describe('a walk', () => {
  test('goes from page to page towards the older models', async () => {
    const send = planned(
      ['', page('e d')],
      ['?after_id=d', page('c b')],
      ['?after_id=b', page('a', LAST)],
    )
    expect(await walk(send)).toEqual(['e', 'd', 'c', 'b', 'a'])
  })

  test('goes towards the newer ones from before_id, page by page as they are', async () => {
    const send = planned(
      ['?before_id=a', page('c b')],
      ['?before_id=c', page('e d')],
      ['?before_id=e', page('f', LAST)],
    )
    expect(await walk(send, { before_id: 'a' })).toEqual(['c', 'b', 'e', 'd', 'f'])
  })

  test('carries limit and filters over, and replaces the cursor', async () => {
    const filter = 'limit=1&lifecycle%5B%5D=active&lifecycle%5B%5D=retired'
    const send = planned(
      [`?${filter}&after_id=z`, page('b')],
      [`?${filter}&after_id=b`, page('a', LAST)],
    )
    const params = { limit: 1, lifecycle: ['active', 'retired'], after_id: 'z' }
    expect(await walk(send, params)).toEqual(['b', 'a'])
  })

  test('sends the same headers with every request', async () => {
    const keys: unknown[] = []
    const send = planned(['', page('b')], ['?after_id=b', page('a', LAST)])
    const watched: Send = (request) => {
      keys.push(request.headers.get('x-api-key'), request.redirect)
      return send(request)
    }
    await walk(watched, {}, { apiKey: 'k' })
    expect(keys).toEqual(['k', 'manual', 'k', 'manual'])
  })

  test('ends with an empty page', async () => {
    expect(await walk(planned(['', page('', LAST)]))).toEqual([])
  })

  test('can come to exactly as many pages as are allowed', async () => {
    const send = planned(['', page('b')], ['?after_id=b', page('a', LAST)])
    expect(await walk(send, {}, { maxPages: 2 })).toEqual(['b', 'a'])
  })

  test('sends nothing before the first model is asked for', () => {
    const send = planned()
    listPages(send)
    listModels(send)
    expect(send.asked).toEqual([])
  })

  test('refuses wrong parameters without a request', async () => {
    const send = planned()
    await expect(walk(send, { limit: 0 })).rejects.toMatchObject({ name: 'ApiError', status: 400 })
    expect(send.asked).toEqual([])
  })

  test('stops requesting when its reader stops', async () => {
    const send = planned(['', page('d c')], ['?after_id=c', page('b a')])
    const ids = []
    for await (const { id } of listModels(send)) {
      ids.push(id)
      if (id === 'b') break
    }
    expect(ids).toEqual(['d', 'c', 'b'])
    expect(send.asked).toHaveLength(2)
  })

  test('requests a page only when its first model is needed', async () => {
    const send = planned(['', page('b a')])
    const models = listModels(send)
    await models.next()
    await models.next()
    expect(send.asked).toHaveLength(1)
    await models.return()
    expect((await models.next()).done).toBe(true)
    expect(send.asked).toHaveLength(1)
  })
})

describe('a list that cannot be walked to its end', () => {
  test.each<[string, string, object, () => [string, Response][]]>([
    [
      'it comes to b twice',
      'a b',
      {},
      () => [
        ['', page('a b')],
        ['?after_id=b', page('b')],
      ],
    ],
    [
      'its cursor does not advance',
      'a b',
      {},
      () => [
        ['', page('a')],
        ['?after_id=a', page('b', { last_id: 'a' })],
      ],
    ],
    [
      'its cursor does not advance',
      'a',
      { after_id: 'x' },
      () => [['?after_id=x', page('a', { last_id: 'x' })]],
    ],
    [
      'its cursor does not advance',
      'a',
      { before_id: 'x' },
      () => [['?before_id=x', page('a', { first_id: 'x' })]],
    ],
    [
      'it comes to a twice',
      'a b',
      {},
      () => [
        ['', page('a')],
        ['?after_id=a', page('b')],
        ['?after_id=b', page('a')],
      ],
    ],
    [
      'it comes to a twice',
      'a b c',
      {},
      () => [
        ['', page('a b', { last_id: 'fresh-1' })],
        ['?after_id=fresh-1', page('c', { last_id: 'fresh-2' })],
        ['?after_id=fresh-2', page('d a', { last_id: 'fresh-3' })],
      ],
    ],
    ['it comes to a twice', '', {}, () => [['', page('a b a', LAST)]]],
    ['it comes to x twice', '', { after_id: 'x' }, () => [['?after_id=x', page('x a', LAST)]]],
    ['it comes to x twice', '', { before_id: 'x' }, () => [['?before_id=x', page('a x', LAST)]]],
    ['it has more, but no cursor', 'a', {}, () => [['', page('a', { last_id: null })]]],
    ['it has more, but no cursor', 'a', {}, () => [['', page('a', { last_id: '' })]]],
    ['it has more, but no cursor', 'a', {}, () => [['', page('a', { last_id: undefined })]]],
    [
      'it has more, but no cursor',
      'a',
      { before_id: 'x' },
      () => [['?before_id=x', page('a', { first_id: null })]],
    ],
    ['it has more, but no cursor', '', {}, () => [['', page('')]]],
    ['it has more, but no cursor', '', {}, () => [['', page('', { last_id: 'x' })]]],
  ])('says that %s, after "%s"', async (why, shown, params, answers) => {
    const ids: string[] = []
    const send = planned(...answers())
    const walked = (async () => {
      for await (const { id } of listModels(send, params)) ids.push(id)
    })()
    await expect(walked).rejects.toMatchObject({
      name: 'ApiError',
      type: 'bad_pagination',
      message: `The list cannot be walked to its end: ${why}`,
    })
    expect(ids.join(' ')).toBe(shown)
    expect(send.asked).toHaveLength(answers().length)
  })

  test.each([1, 7])('says so after %i pages when no more are allowed', async (maxPages) => {
    let count = 0
    const endless: Send = async () => page(`m${(count += 1)}`)
    await expect(walk(endless, {}, { maxPages })).rejects.toThrow(
      `The list cannot be walked to its end: it has more than ${maxPages} pages`,
    )
    expect(count).toBe(maxPages)
  })
})

describe('a limit of pages that is no count', () => {
  test.each([
    [0, 1],
    [-1, 1],
    [Number.NaN, 1],
    [0.5, 1],
    [1.5, 2],
  ])('%d ends the walk after %i', async (maxPages, pages) => {
    let count = 0
    const endless: Send = async () => {
      count += 1
      if (count > 5) throw new Error('Nobody planned so many pages')
      return page(`m${count}`)
    }
    await expect(walk(endless, {}, { maxPages })).rejects.toMatchObject({
      name: 'ApiError',
      type: 'bad_pagination',
      message: `The list cannot be walked to its end: it has more than ${maxPages} pages`,
    })
    expect(count).toBe(pages)
  })
})

describe('an answer that is no page', () => {
  test.each<[string, () => Response, object]>([
    ['an object', () => Response.json({}), { status: 200, type: 'api_error' }],
    ['models without ids', () => Response.json({ data: [{}], has_more: false }), { status: 200 }],
    ['data that is no list', () => page('a', { data: { 0: { id: 'a' } } }), { status: 200 }],
    ['has_more that is no boolean', () => page('a', { has_more: 'false' }), { status: 200 }],
    [
      'HTML',
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      { status: 200 },
    ],
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { location: 'https://x.example' } }),
      { status: 302 },
    ],
    [
      'an error',
      () =>
        Response.json(
          { type: 'error', error: { type: 'rate_limit_error', message: 'Slow down' } },
          { status: 429 },
        ),
      { status: 429, type: 'rate_limit_error', message: 'Slow down' },
    ],
  ])('ends the walk where it comes: %s', async (_, answer, expected) => {
    await expect(walk(planned(['', answer()]))).rejects.toMatchObject({
      name: 'ApiError',
      ...expected,
    })

    const pages = listPages(planned(['', page('b')], ['?after_id=b', answer()]))
    expect((await pages.next()).value).toMatchObject({ last_id: 'b' })
    await expect(pages.next()).rejects.toMatchObject({ name: 'ApiError', ...expected })
    expect((await pages.next()).done).toBe(true)
  })

  test('is not made of what the sender throws', async () => {
    const lost = new TypeError('connection lost')
    const send: Send = () => Promise.reject(lost)
    await expect(walk(send)).rejects.toBe(lost)
    await expect(getModel(send, 'a')).rejects.toBe(lost)
  })
})

describe('an abort', () => {
  const reason = new Error('enough')

  test('before the walk sends nothing', async () => {
    const send = planned()
    await expect(walk(send, {}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(send.asked).toEqual([])
  })

  test('between two pages sends nothing more', async () => {
    const controller = new AbortController()
    const send = planned(['', page('b')])
    const pages = listPages(send, {}, { signal: controller.signal })
    await pages.next()
    controller.abort(reason)
    await expect(pages.next()).rejects.toBe(reason)
    expect(send.asked).toHaveLength(1)
  })

  test('inside a page shows no further model', async () => {
    const controller = new AbortController()
    const models = listModels(planned(['', page('c b a', LAST)]), {}, { signal: controller.signal })
    await models.next()
    controller.abort(reason)
    await expect(models.next()).rejects.toBe(reason)
  })

  test('without a reason is an AbortError', async () => {
    const signal = AbortSignal.abort()
    await expect(walk(planned(), {}, { signal })).rejects.toHaveProperty('name', 'AbortError')
  })

  test.each<[string, (send: Send, signal: AbortSignal) => Promise<unknown>]>([
    ['list', (send, signal) => walk(send, {}, { signal })],
    ['model', (send, signal) => getModel(send, 'a', { signal })],
  ])('while the body of a %s is read comes out as itself', async (_, read) => {
    const controller = new AbortController()
    const reading = read(stuck, controller.signal)
    setTimeout(() => controller.abort(reason), 5)
    await expect(reading).rejects.toBe(reason)
  })
})

describe('getModel', () => {
  test('asks for the id and gives back what came', async () => {
    const model = { type: 'model', id: 'claude-haiku-4-5-20251001', display_name: 'Haiku', x: [1] }
    const send = planned(['/claude-haiku-4-5', Response.json(model)])
    expect(await getModel(send, 'claude-haiku-4-5')).toEqual(model)
  })

  test('refuses an id that is a path without a request', async () => {
    const send = planned()
    await expect(getModel(send, '..')).rejects.toThrow('model_id')
    expect(send.asked).toEqual([])
  })
})
