import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Send } from '@models-edge/core'
import { listen } from '@models-edge/testing/listener'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Folder } from '../test/folder.ts'
import { DOCUMENT, MODELS, NOW } from '../test/models.ts'
import { type AskOptions, askCatalog } from './ask.ts'
import type { Catalog } from './catalog.ts'
import { checkText } from './check-text.ts'

const EDGE = 'https://models.example/base'
const SYNCED = '2026-11-20T11:57:00.000Z'
const KEY = 'sk-ant-secret'
const HTML = { 'content-type': 'text/html' }

let folder: Folder
let asked: Request[] = []
beforeEach(() => {
  folder = new Folder()
  asked = []
})
afterEach(() => folder[Symbol.dispose]())

/** A models-edge, or Anthropic where it is asked with a key; it refuses what nobody planned. */
const answer: Send = (request) => {
  asked.push(request)
  const { pathname } = new URL(request.url)
  const headers = { etag: '"1"', 'x-synced-at': SYNCED }
  if (request.headers.get('if-none-match') === '"1"') {
    return Promise.resolve(new Response(null, { status: 304, headers }))
  }
  const page = { data: MODELS, has_more: false, first_id: null, last_id: null }
  if (pathname.endsWith('/v1/lifecycle'))
    return Promise.resolve(Response.json(DOCUMENT, { headers }))
  if (pathname.endsWith('/v1/models')) return Promise.resolve(Response.json(page, { headers }))
  const id = pathname.split('/').at(-1) ?? ''
  const model = MODELS.find((each) => each.id === DOCUMENT.aliases[id])
  return Promise.resolve(model ? Response.json(model) : Response.json({}, { status: 404 }))
}

function fail(): Promise<Response> {
  return Promise.reject(new TypeError('fetch failed', { cause: new Error('no route') }))
}

function ask(options: Partial<AskOptions> = {}): Promise<Catalog> {
  return askCatalog({
    cache: folder.path,
    from: EDGE,
    now: () => new Date(NOW),
    send: answer,
    ...options,
  })
}

function statusOf(catalog: Catalog, text: string): string | undefined {
  return checkText(text, catalog, { now: NOW })[0]?.status
}

test('a models-edge is asked for its document and its list, without a key', async () => {
  const catalog = await ask({ apiKey: KEY })
  expect(catalog.origin).toEqual({ source: 'live', from: EDGE, synced_at: SYNCED })
  expect(asked.map(({ url }) => new URL(url).pathname)).toEqual([
    '/base/v1/lifecycle',
    '/base/v1/models',
  ])
  for (const { headers } of asked) expect(JSON.stringify([...headers])).not.toContain(KEY)
  expect(statusOf(catalog, 'claude-sonnet-4-5')).toBe('deprecated')
  expect(catalog.compare('claude-opus-4-8', 'claude-opus-5-5')).toBeDefined()
})

test('Anthropic is asked with a key, also for the names without their dates', async () => {
  const catalog = await ask({ from: undefined, apiKey: KEY })
  expect(catalog.origin).toMatchObject({ source: 'live', from: 'https://api.anthropic.com' })
  expect(asked.every(({ headers }) => headers.get('x-api-key') === KEY)).toBe(true)
  expect(asked.map(({ url }) => new URL(url).pathname)).toEqual([
    '/v1/models',
    '/v1/models/claude-opus-4-5',
    '/v1/models/claude-haiku-4-5',
    '/v1/models/claude-sonnet-4-5',
  ])
  expect(statusOf(catalog, 'claude-sonnet-4-5')).toBe('deprecated')
  expect(statusOf(catalog, 'claude-haiku-4-5')).toBe('unknown')
  for (const name of readdirSync(folder.path)) {
    expect(readFileSync(join(folder.path, name), 'utf8')).not.toContain(KEY)
  }
})

test('an address is taken as people write it, and no redirect is followed', async () => {
  const from = 'HTTP://models.example/base//'
  expect((await ask({ from, now: undefined, cache: undefined })).origin.from).toBe(from)
  expect(asked.map(({ redirect, url }) => `${redirect} ${url.split('?')[0]}`)).toEqual([
    'manual http://models.example/base/v1/lifecycle',
    'manual http://models.example/base/v1/models',
  ])
})

test('it asks over the network, and says when it did where nobody tells the age', async () => {
  const edge = await listen(({ url = '' }, response) => {
    const page = { data: MODELS, has_more: false, first_id: null, last_id: null }
    response.end(JSON.stringify(url.startsWith('/v1/lifecycle') ? DOCUMENT : page))
  })
  const before = new Date().toISOString()
  try {
    const { origin } = await askCatalog({ from: edge.origin })
    expect(origin).toMatchObject({ source: 'live', from: edge.origin })
    expect(String(origin.synced_at) >= before).toBe(true)
  } finally {
    await edge.close()
  }
})

test('without an address and a key nobody is asked', async () => {
  const catalog = await ask({ from: undefined })
  expect(catalog.origin).toEqual({ source: 'history', from: null, synced_at: null })
  expect(asked).toEqual([])
})

test('Anthropic’s answers are kept, too: also that a name is none', async () => {
  const options = { from: undefined, apiKey: KEY }
  await ask(options)
  const catalog = await ask({ ...options, isOffline: true, send: fail })
  expect(catalog.origin).toMatchObject({ source: 'cache', from: 'https://api.anthropic.com' })
  expect(statusOf(catalog, 'claude-sonnet-4-5')).toBe('deprecated')
  expect(statusOf(catalog, 'claude-haiku-4-5')).toBe('unknown')
})

test('who stumbles is asked a second time, and no third', async () => {
  let times = 0
  const stumble =
    (often: number): Send =>
    (request) => {
      times += 1
      return times > often ? answer(request) : fail()
    }
  expect((await ask({ send: stumble(1) })).origin.source).toBe('live')
  times = 0
  expect((await ask({ send: stumble(2), cache: undefined })).origin.source).toBe('history')
  expect(times).toBe(2)
})

test('a list that goes on is more than this knows how to read', async () => {
  const page = { data: MODELS, has_more: true, first_id: null, last_id: 'a' }
  const send: Send = (request) =>
    request.url.includes('/v1/models?') ? Promise.resolve(Response.json(page)) : answer(request)
  const { origin } = await ask({ send, cache: undefined })
  expect(origin.trouble).toBe('it has more than 1000 models')
})

describe('what was told is kept', () => {
  test('and asked about with its ETag', async () => {
    await ask()
    const catalog = await ask()
    expect(asked.slice(2).map(({ headers }) => headers.get('if-none-match'))).toEqual([
      '"1"',
      '"1"',
    ])
    expect(catalog.origin).toEqual({ source: 'live', from: EDGE, synced_at: SYNCED })
    expect(statusOf(catalog, 'claude-sonnet-4-5')).toBe('deprecated')
  })

  test.each<[string, Partial<AskOptions>, string]>([
    ['nobody answers', { send: fail }, 'fetch failed: no route'],
    ['nobody may be asked', { isOffline: true, send: fail }, 'nobody was asked (offline)'],
    [
      'it is no models-edge',
      { send: () => Promise.resolve(Response.json({}, { status: 404 })) },
      'is it a models-edge?',
    ],
    [
      'it is elsewhere',
      { send: () => Promise.resolve(Response.redirect('https://www.models.example/', 301)) },
      'it is at another address: https://www.models.example/',
    ],
    [
      'a portal answers',
      { send: () => Promise.resolve(new Response('<p>Log in', { headers: HTML })) },
      'no whole JSON: status 200 with text/html',
    ],
  ])('and used where %s, with its age', async (_, options, trouble) => {
    await ask()
    for (const catalog of [await ask(options), await ask(options)]) {
      expect(catalog.origin).toMatchObject({ source: 'cache', from: EDGE, synced_at: SYNCED })
      expect(catalog.origin.trouble).toContain(trouble)
      expect(statusOf(catalog, 'claude-sonnet-4-5')).toBe('deprecated')
    }
  })

  test('and where nothing is, what is known of old remains', async () => {
    const catalog = await ask({ send: fail })
    expect(catalog.origin).toEqual({
      source: 'history',
      from: EDGE,
      synced_at: null,
      trouble: 'fetch failed: no route',
    })
    expect(statusOf(catalog, 'claude-2.1')).toBe('retired')
  })

  test('but not for another address', async () => {
    await ask()
    const other = await ask({ from: 'https://other.example', send: fail })
    expect(other.origin.source).toBe('history')
  })

  test.each(['', '{', 'null', '{"url":7}', '[]'])(
    'and ignored where it is broken: %j',
    async (text) => {
      await ask()
      for (const name of readdirSync(folder.path)) writeFileSync(join(folder.path, name), text)
      expect((await ask({ send: fail })).origin.source).toBe('history')
      expect((await ask()).origin.source).toBe('live')
    },
  )

  test('and a folder that cannot be written to is no trouble', async () => {
    folder.write('file', '')
    expect((await ask({ cache: join(folder.path, 'file/below') })).origin.source).toBe('live')
  })
})

test.each([
  'models.example',
  'file:///etc/passwd',
  '',
  'https://user:password@models.example',
  'https://models.example/?a',
  'https://models.example/#a',
  'https://:x',
  'xhttps://models.example',
])('%j is no address', async (from) => {
  await expect(ask({ from })).rejects.toThrow('begins with https://')
})
