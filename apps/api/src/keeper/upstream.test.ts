import { describe, expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import {
  apiError,
  FakeUpstream,
  json,
  platformAt,
  UPSTREAM,
  UPSTREAMS_WORDS,
} from '../../test/world/keeper-world.ts'
import { modelInfo, START } from '../../test/world/snapshots.ts'
import { type Reason, ownWords, reasonOf } from './failure.ts'
import { connectUpstream, type Upstream } from './upstream.ts'

const KEY = 'a-secret-key'
const LIST =
  '/v1/models?limit=1000&lifecycle%5B%5D=active&lifecycle%5B%5D=deprecated&lifecycle%5B%5D=retired'
const keepSilent = (): Promise<never> => new Promise(() => undefined)

/** A connection to an upstream with two models. */
class Line {
  readonly clock = new Clock(START)
  readonly fake = new FakeUpstream([modelInfo('b'), modelInfo('a')], { name: 'a' })
  readonly limit = new AbortController()
  readonly upstream: Upstream

  constructor(connection: Partial<Parameters<typeof connectUpstream>[0]> = {}) {
    const platform = platformAt(this.clock, this.fake.fetch)
    const known = { apiKey: KEY, baseURL: UPSTREAM, version: undefined }
    this.upstream = connectUpstream({ ...known, ...connection }, platform)
  }

  async pages(): Promise<readonly (readonly string[])[]> {
    const pages: (readonly string[])[] = []
    for await (const page of this.upstream.pages(this.limit.signal)) pages.push(page)
    return pages
  }

  resolve(name: string): Promise<string | null> {
    return this.upstream.resolve(name, this.limit.signal)
  }
}

function pageOf(ids: readonly string[], has_more: boolean): Response {
  const data = ids.map((id) => modelInfo(id))
  return json(JSON.stringify({ data, has_more, first_id: ids[0], last_id: ids.at(-1) }))
}

async function reasonFor(line: Line): Promise<Reason> {
  return line.pages().then(
    () => Promise.reject(new Error('it went well')),
    (error: unknown) => reasonOf(error),
  )
}

describe('the list', () => {
  test('is every page, of all lifecycles, as the text that came', async () => {
    const line = new Line()
    line.fake.models = ['{"id":"b","n":1.0}', '{ "id": "a" }']
    expect(await line.pages()).toEqual([['{"id":"b","n":1.0}', '{"id":"a"}']])
    line.fake.instead = (path) => pageOf([path.includes('after_id=c') ? 'd' : 'c'], path === LIST)
    expect((await line.pages()).flat()).toHaveLength(2)
    expect(line.fake.paths).toEqual([LIST, LIST, `${LIST}&after_id=c`])
  })

  test.each<[string, () => Promise<Response> | Response, Reason]>([
    ['an error of the API', () => apiError(529, 'overloaded_error'), 'overloaded'],
    ['a page of HTML', () => new Response('<html>', { status: 200 }), 'bad_answer'],
    ['an empty answer', () => new Response(null, { status: 204 }), 'bad_answer'],
    ['no connection', () => Promise.reject(new Error(`no way to ${KEY}`)), 'unreachable'],
    ['the same page for ever', () => pageOf(['a'], true), 'bad_list'],
    [
      'data twice',
      () => json('{"data":[{"id":"a"}],"data":[{"id":"b"}],"has_more":false}'),
      'bad_list',
    ],
    ['too many bytes', () => json(`{"data":[{"id":"${'x'.repeat(4_000_000)}"}]}`), 'too_large'],
  ])('that is %s is none', async (_, instead, reason) => {
    const line = new Line()
    line.fake.instead = instead
    expect(await reasonFor(line)).toBe(reason)
  })

  test('has no more than 30 pages', async () => {
    const line = new Line()
    line.fake.instead = () => pageOf([`page-${line.fake.requests.length}`], true)
    expect(await reasonFor(line)).toBe('bad_list')
    expect(line.fake.requests).toHaveLength(30)
  })

  test('that cannot be read is told of in no word of upstream’s', async () => {
    const line = new Line()
    for (const answer of [
      () => pageOf([UPSTREAMS_WORDS, UPSTREAMS_WORDS], false),
      () => apiError(500, UPSTREAMS_WORDS),
      () => new Response(UPSTREAMS_WORDS, { headers: { 'content-type': UPSTREAMS_WORDS } }),
    ]) {
      line.fake.instead = answer
      const error: unknown = await line.pages().catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(Error)
      expect(ownWords(error) ?? '').not.toContain(UPSTREAMS_WORDS)
    }
  })
})

describe('a name', () => {
  test('stands for the model that upstream gives; a 404 is none', async () => {
    const line = new Line()
    expect(await line.resolve('name')).toBe('a')
    expect(await line.resolve('nobody')).toBeNull()
    line.fake.instead = () => new Response('<html>', { status: 404 })
    expect(await line.resolve('name')).toBeNull()
  })

  test.each([400, 401, 500])('is not known to be none after status %d', async (status) => {
    const line = new Line()
    line.fake.instead = () => apiError(status, 'api_error')
    await expect(line.resolve('name')).rejects.toMatchObject({ status })
  })
})

describe('the key', () => {
  test('goes to the one address, with each question, and nowhere else', async () => {
    const line = new Line({ version: '2026-10-21', baseURL: `${UPSTREAM}/` })
    await line.pages()
    await line.resolve('name')
    for (const { headers, redirect, url } of line.fake.requests) {
      expect(new URL(url).origin).toBe(UPSTREAM)
      expect(url).not.toContain(KEY)
      expect(headers.get('x-api-key')).toBe(KEY)
      expect(headers.get('anthropic-version')).toBe('2026-10-21')
      expect(redirect).toBe('manual')
    }
    expect(line.fake.requests).toHaveLength(2)
  })

  test('follows no redirect', async () => {
    const line = new Line()
    const headers = { location: 'https://elsewhere.test/v1/models' }
    line.fake.instead = () => new Response(null, { status: 307, headers })
    expect(await reasonFor(line)).toBe('redirected')
    expect(line.fake.requests).toHaveLength(1)
  })

  test('that is missing is sent for nobody', async () => {
    for (const apiKey of [undefined, '']) {
      const line = new Line({ apiKey })
      expect(await reasonFor(line)).toBe('misconfigured')
      expect(line.fake.requests).toEqual([])
    }
  })

  test('shows in the source as eight digits of its hash, beside the address', async () => {
    // printf %s a-secret-key | sha256sum
    const key = 'bf8061f0'
    expect(await new Line().upstream.source()).toEqual({ base_url: UPSTREAM, key })
    const { upstream } = new Line({ baseURL: undefined })
    expect(await upstream.source()).toEqual({ base_url: 'https://api.anthropic.com', key })
  })
})

describe('time', () => {
  test.each<[string, () => Promise<Response> | Response]>([
    ['comes', keepSilent],
    ['ends', () => new Response(new ReadableStream())],
  ])('runs out for an answer that never %s after 10 seconds', async (_, instead) => {
    const line = new Line()
    const asked = Promise.withResolvers<void>()
    line.fake.instead = () => (asked.resolve(), instead())
    const reason = reasonFor(line)
    await asked.promise
    let isOver = false
    void reason.then(() => (isOver = true))
    await line.clock.pass(9999)
    expect(isOver).toBe(false)
    await line.clock.pass(1)
    expect(await reason).toBe('timeout')
    expect(line.clock.sleepers).toBe(0)
  })

  test('that somebody else sets ends a question at once, for the reason that is given', async () => {
    const line = new Line()
    const asked = Promise.withResolvers<void>()
    line.fake.instead = () => (asked.resolve(), keepSilent())
    const resolving = line.resolve('name')
    await asked.promise
    const reason = new Error('the sync is over')
    line.limit.abort(reason)
    await expect(resolving).rejects.toBe(reason)
  })
})
