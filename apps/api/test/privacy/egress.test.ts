import type { IncomingHttpHeaders } from 'node:http'
import { describe, expect, test } from 'vitest'
import { ALIASES_A_SYNC } from '../../src/timing.ts'
import { startKv } from '@models-edge/testing/kv'
import { listen } from '@models-edge/testing/listener'
import { listOf } from '../started/recorded-upstream.ts'
import { startWorkerd } from '../started/workerd.ts'

const key = 'sk-ant-that-goes-to-one-place'
const base = 'http://upstream.test'

/** A part of an address that is nobody's business. */
const THEIRS = 'word-of-theirs'

interface Call {
  readonly url: string
  readonly headers: IncomingHttpHeaders
}

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

interface World {
  readonly calls: readonly Call[]
  readonly output: () => string
  readonly ask: (path: string) => Promise<Response>
  readonly synced: () => Promise<void>
  /** A tick of the cron, a minute later. */
  readonly tick: () => Promise<void>
}

/** A service of its own, whose every call to whatever server ends here. */
async function within(
  bindings: Readonly<Record<string, string>>,
  answer: (url: string) => Answer,
  look: (world: World) => Promise<void>,
): Promise<void> {
  const calls: Call[] = []
  await using outside = await listen(({ url = '', headers }, response) => {
    calls.push({ url, headers })
    const { status, headers: further, body } = answer(url)
    response.writeHead(status, { 'content-type': 'application/json', ...further }).end(body)
  })
  await using kv = await startKv()
  await using workerd = await startWorkerd(kv.origin, base, {
    bindings: { ANTHROPIC_API_KEY: key, ...bindings },
    outbound: outside.origin,
    watched: true,
  })
  const ask = (path: string): Promise<Response> => fetch(workerd.origin + path)
  async function synced(): Promise<void> {
    await workerd.answers()
    await workerd.written('"event":"sync"')
  }
  const tick = (): Promise<void> => workerd.tick()
  await look({ calls, ask, output: () => workerd.output(), synced, tick })
}

function modelOf(id: string): string {
  return JSON.stringify({ type: 'model', id, display_name: id, created_at: '2026-01-01T00:00:00Z' })
}

async function reasonOf({ ask, synced }: World): Promise<string> {
  await synced()
  const { last_failure } = (await (await ask('/health')).json()) as {
    readonly last_failure: { readonly reason: string } | null
  }
  return last_failure?.reason ?? 'none'
}

const list = listOf([modelOf('claude-a-1')])
const none: Answer = { status: 404, body: '{"type":"error","error":{"type":"not_found_error"}}' }

describe('a redirect', () => {
  const statuses = [300, 301, 302, 303, 305, 307, 308]
  const places = [
    'http://evil.test/v1/models',
    'https://upstream.test/v1/models',
    'http://upstream.test/v1/models?again',
    '//evil.test',
    '/v1/models/claude-a-1',
    '?',
    'javascript:1',
  ]
  const cases = statuses.flatMap((status) => places.map((location) => [status, location] as const))

  test.each(cases)('%i to %s is not followed', async (status, location) => {
    const redirect = { status, headers: { location }, body: list }
    await within(
      {},
      () => redirect,
      async (world) => {
        expect(await reasonOf(world)).toBe('redirected')
        expect((await world.ask('/v1/models')).status).toBe(503)
        expect(world.calls.map(({ url }) => url.split('?')[0])).toEqual([`${base}/v1/models`])
        expect(world.output()).not.toContain(key)
      },
    )
  })

  test('of an alias is not followed, and costs the list nothing', async () => {
    const redirect = { status: 302, headers: { location: 'http://evil.test/' } }
    const answer = (url: string): Answer =>
      url.includes('/v1/models?') ? { status: 200, body: list } : redirect
    await within({ EXTRA_ALIASES: 'x,y' }, answer, async ({ ask, calls, synced }) => {
      await synced()
      expect(await (await ask('/v1/models')).text()).toBe(list)
      const asked = calls.slice(1).map(({ url }) => url)
      expect(asked).toEqual([`${base}/v1/models/x`, `${base}/v1/models/y`])
      expect((await ask('/v1/models/x')).status).toBe(404)
    })
  })
})

describe('a base URL', () => {
  test.each([
    ['http://upstream.test/', 'http://upstream.test/v1/models'],
    ['http://upstream.test/proxy/anthropic', 'http://upstream.test/proxy/anthropic/v1/models'],
    ['http://upstream.test/proxy//', 'http://upstream.test/proxy/v1/models'],
    ['HTTP://UPSTREAM.TEST:80', 'http://upstream.test/v1/models'],
    ['http://upstream.test/a/../b', 'http://upstream.test/b/v1/models'],
    ['http://upstream.test\\@evil.test/x', 'http://upstream.test/@evil.test/x/v1/models'],
    ['', 'https://api.anthropic.com/v1/models'],
  ])('%s is called at %s and nowhere else', async (ANTHROPIC_BASE_URL, url) => {
    const ok = { status: 200, body: list }
    await within(
      { ANTHROPIC_BASE_URL },
      () => ok,
      async ({ ask, calls, synced }) => {
        await synced()
        expect((await ask('/v1/models')).status).toBe(200)
        expect(calls.map((call) => call.url.split('?')[0])).toEqual([url])
        expect(calls[0]?.headers).toMatchObject({ 'x-api-key': key })
      },
    )
  })

  test.each([
    `http://user:${THEIRS}@upstream.test`,
    'http://:word-of-theirs@upstream.test',
    'http://upstream.test@evil.test',
    'http://upstream.test/?word-of-theirs',
    'http://upstream.test/#word-of-theirs',
    'ftp://upstream.test',
    'file:///etc/word-of-theirs',
    'javascript:fetch("//evil.test")',
    'data:,{}',
    '//evil.test',
    'upstream.test',
    'http://',
    'http://up stream.test',
  ])('%s is never called', async (ANTHROPIC_BASE_URL) => {
    const ok = { status: 200, body: list }
    await within(
      { ANTHROPIC_BASE_URL },
      () => ok,
      async (world) => {
        expect(await reasonOf(world)).toBe('misconfigured')
        const answer = await world.ask('/v1/models')
        expect(answer.status).toBe(503)
        expect(world.calls).toEqual([])
        expect(`${await answer.text()}${world.output()}`).not.toMatch(/word-of-theirs|sk-ant/)
      },
    )
  })
})

/** Names that mean another place, another header or nothing to somebody. */
const hostile = [
  '../../admin',
  '..',
  '.',
  '//evil.test',
  'https://evil.test/v1/models',
  'http:evil.test',
  '@evil.test',
  ':80@evil.test',
  '?x=1',
  '&limit=1',
  '#x',
  '%2e%2e',
  '%2e%2e/%2e%2e/admin',
  '%2F..%2f..',
  'a\r\nx-evil: 1',
  'a\nb',
  'a\\..\\..\\b',
  '..;/x',
  '.;a',
  'a b',
  '\u0085\u2028é',
  '．．／',
  '😀',
  '\ud800',
]

/** What a hostile upstream would like to be handed on. */
const smuggled = {
  'set-cookie': 'evil=1',
  location: 'http://evil.test',
  'anthropic-organization-id': 'evil',
  'access-control-allow-credentials': 'true',
}

/** Upstream with these models, five a page, so that the ids are cursors, too. */
function pagesOf(ids: readonly string[]): (url: string) => Answer {
  return (url) => {
    const { pathname, searchParams } = new URL(url)
    if (pathname !== '/v1/models') return none
    const after = searchParams.get('after_id')
    const start = after === null ? 0 : ids.indexOf(after) + 1
    const page = listOf(ids.slice(start, start + 5).map(modelOf), start + 5 < ids.length)
    return { status: 200, headers: smuggled, body: page }
  }
}

interface Layout {
  readonly ids: readonly string[]
  readonly extra: string
  /** How many of the names get asked for, at least: what can be no path is refused before. */
  readonly probes: number
}

describe.each<[string, (names: readonly string[]) => Layout]>([
  ['ids', (names) => ({ ids: names, extra: '', probes: 0 })],
  [
    'alias candidates',
    (names) => ({ ids: names.map((name) => `${name}-20250101`), extra: '', probes: 6 }),
  ],
  [
    'alias candidates of the configuration',
    // A variable is well-formed text.
    (names) => ({ ids: ['a'], extra: names.join().toWellFormed(), probes: 6 }),
  ],
])('hostile %s', (_, lay) => {
  // One sync asks for a few aliases at the most.
  const halves = [hostile.slice(0, 12), hostile.slice(12)] as const

  test.each(halves)('such as %j go nowhere else', async (...names) => {
    const { ids, extra, probes } = lay(names)
    await within(
      { EXTRA_ALIASES: extra },
      pagesOf(ids),
      async ({ ask, calls, output, synced, tick }) => {
        await synced()
        for (let more = 0; more < names.length / ALIASES_A_SYNC; more += 1) await tick()
        const whole = (await (await ask('/v1/models?limit=1000')).json()) as {
          data: { id: string }[]
        }
        expect(whole.data.map(({ id }) => id)).toEqual(ids)

        expect(calls.length).toBeGreaterThan(ids.length / 5)
        for (const { url, headers } of calls) {
          // The list with its query, or one segment below it.
          expect(url).toMatch(/^http:\/\/upstream\.test\/v1\/models(?:\?[^#]*|\/[^/?#\\]+)$/)
          expect(new URL(url).href).toBe(url)
          expect(headers).toMatchObject({ 'x-api-key': key })
          expect(headers).not.toHaveProperty('x-evil')
        }
        const segments = calls.flatMap(({ url }) => /models\/(.+)$/.exec(url)?.[1] ?? [])
        const asked = segments.map((segment) => decodeURIComponent(segment))
        expect(asked.filter((name) => !names.join().toWellFormed().includes(name))).toEqual([])
        expect(asked.length).toBeGreaterThanOrEqual(probes)
        expect(output()).not.toContain(key)
        // What stays as it is makes no news, however it is spelled.
        expect(output().match(/"outcome":"(?!unchanged)\w+"/g)).toEqual(['"outcome":"written"'])

        await walk(ask, ids)
      },
    )
  })
})

/** All pages of one model, the way that their links tell: each is clean. */
async function walk(ask: World['ask'], ids: readonly string[]): Promise<void> {
  let next: string | undefined = '/v1/models?limit=1'
  for (const id of ids) {
    const { status, headers, body }: Page = await read(ask, next ?? '/the-links-end-too-soon')
    expect(status).toBe(200)
    expect(body).toContain(JSON.stringify(id))
    for (const name of ['x-evil', ...Object.keys(smuggled)]) expect(headers.has(name)).toBe(false)
    const link = headers.get('link') ?? ''
    expect(link).toMatch(/^(?:<\/v1\/models\?[\w%.*+=&-]+>; rel="(?:next|prev)"(?:, |$))*$/)
    next = /<([^>]+)>; rel="next"/.exec(link)?.[1]
  }
  expect(next).toBeUndefined()
}

interface Page {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

async function read(ask: World['ask'], path: string): Promise<Page> {
  const response = await ask(path)
  return { status: response.status, headers: response.headers, body: await response.text() }
}
