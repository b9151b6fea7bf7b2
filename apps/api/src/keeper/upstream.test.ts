import { ApiError } from '@models-edge/core'
import { describe, expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import { platformOn } from '../../test/world/platform.ts'
import { modelInfo, START } from '../../test/world/snapshots.ts'
import {
  apiError,
  FakeUpstream,
  json,
  UPSTREAM,
  UPSTREAMS_WORDS,
} from '../../test/world/upstream.ts'
import { ownWords, type Reason, reasonOf, SyncError } from './failure.ts'
import { connectUpstream, type Upstream } from './upstream.ts'

const KEY = 'a-secret-key'
const LIST =
  '/v1/models?limit=1000&lifecycle%5B%5D=active&lifecycle%5B%5D=deprecated&lifecycle%5B%5D=retired'

/** A connection to an upstream with two models. */
class Line {
  readonly fake = new FakeUpstream()
  readonly #signal = new AbortController().signal
  readonly upstream: Upstream

  constructor(connection: Partial<Parameters<typeof connectUpstream>[0]> = {}) {
    this.fake.list(modelInfo('b'), modelInfo('a'))
    this.fake.aliases = { name: 'a' }
    const platform = platformOn(new Clock(START), this.fake.fetch)
    const known = { apiKey: KEY, baseURL: UPSTREAM, version: undefined }
    this.upstream = connectUpstream({ ...known, ...connection }, platform)
  }

  async pages(): Promise<readonly (readonly string[])[]> {
    const pages: (readonly string[])[] = []
    const answer = await this.upstream.list(this.#signal)
    for await (const page of answer.pages()) pages.push(page.map(({ json: text }) => text))
    return pages
  }

  resolve(name: string): Promise<string | null> {
    return this.upstream.resolve(name, this.#signal)
  }

  /** Why there is no list. What the log would say of it is no word of upstream's. */
  async failure(): Promise<Reason> {
    const error: unknown = await this.pages().then(
      () => Promise.reject(new Error('it went well')),
      (thrown: unknown) => thrown,
    )
    expect(error).toHaveProperty('message', expect.stringMatching(/./))
    expect(ownWords(error) ?? '').not.toContain(UPSTREAMS_WORDS)
    return reasonOf(error)
  }
}

function pageOf(has_more: boolean, ...ids: readonly string[]): Response {
  const data = ids.map((id) => modelInfo(id))
  return json(JSON.stringify({ data, has_more, first_id: ids[0], last_id: ids.at(-1) }))
}

describe('the list', () => {
  test('is every page, of all lifecycles, as the text that came', async () => {
    const line = new Line()
    line.fake.texts = ['{"id":"b","n":1.0}', '{ "id": "a" }']
    expect(await line.pages()).toEqual([['{"id":"b","n":1.0}', '{"id":"a"}']])
    line.fake.instead = (path) => pageOf(path === LIST, path === LIST ? 'c' : 'd')
    expect((await line.pages()).map((page) => page.length)).toEqual([1, 1])
    expect(line.fake.paths).toEqual([LIST, LIST, `${LIST}&after_id=c`])
  })

  test.each([
    new SyncError('timeout', 'of the sync'),
    new ApiError('of an answer', { type: 'timeout_error' }),
  ])('that a limit has ended fails for that reason: %o', async (limit) => {
    const line = new Line()
    line.fake.instead = () => Promise.reject(limit)
    expect(await line.failure()).toBe('timeout')
  })

  const twice = '{"data":[{"id":"a"}],"data":[{"id":"b"}],"has_more":false}'
  const html = { 'content-type': UPSTREAMS_WORDS }

  test.each<[Reason, string, () => Promise<Response> | Response]>([
    ['overloaded', 'an error of the API', () => apiError(529, UPSTREAMS_WORDS)],
    ['bad_answer', 'a page of HTML', () => new Response(UPSTREAMS_WORDS, { headers: html })],
    ['bad_answer', 'an empty answer', () => new Response(null, { status: 204 })],
    ['unreachable', 'no connection', () => Promise.reject(new Error(`no way to ${KEY}`))],
    ['bad_list', 'the same model twice', () => pageOf(false, UPSTREAMS_WORDS, UPSTREAMS_WORDS)],
    ['bad_list', 'the same page for ever', () => pageOf(true, 'a')],
    ['bad_list', 'data twice', () => json(twice)],
    ['too_large', 'too many bytes', () => json(`{"data":[{"id":"${'x'.repeat(4_000_000)}"}]}`)],
  ])('is refused as %s where it is %s', async (reason, _, instead) => {
    const line = new Line()
    line.fake.instead = instead
    expect(await line.failure()).toBe(reason)
  })

  test('has no more than 30 pages', async () => {
    const line = new Line()
    line.fake.instead = () => pageOf(true, `page-${line.fake.requests.length}`)
    expect(await line.failure()).toBe('bad_list')
    expect(line.fake.requests).toHaveLength(30)
  })
})

test('a name stands for the model that upstream gives; only after a 404 for none', async () => {
  const line = new Line()
  expect(await line.resolve('name')).toBe('a')
  expect(await line.resolve('nobody')).toBeNull()
  line.fake.instead = () => new Response('<html>', { status: 404 })
  expect(await line.resolve('name')).toBeNull()
  for (const status of [400, 401, 500]) {
    line.fake.instead = () => apiError(status, 'api_error')
    await expect(line.resolve('name')).rejects.toMatchObject({ status })
  }
})

describe('the key', () => {
  test('goes to the one address, with each question, and follows no redirect', async () => {
    const line = new Line({ version: '2026-10-21', baseURL: `${UPSTREAM}/` })
    await line.pages()
    await line.resolve('name')
    const headers = { location: 'https://elsewhere.test/v1/models' }
    line.fake.instead = () => new Response(null, { status: 307, headers })
    expect(await line.failure()).toBe('redirected')
    const sent = { key: KEY, version: '2026-10-21', redirect: 'manual' }
    expect(
      line.fake.requests.map((request) => ({
        url: request.url,
        key: request.headers.get('x-api-key'),
        version: request.headers.get('anthropic-version'),
        redirect: request.redirect,
      })),
    ).toEqual([LIST, '/v1/models/name', LIST].map((path) => ({ url: UPSTREAM + path, ...sent })))
  })

  test.each([undefined, ''])('that is missing (%j) sends nothing', async (apiKey) => {
    const line = new Line({ apiKey })
    expect(await line.failure()).toBe('misconfigured')
    expect(line.fake.requests).toEqual([])
  })

  test('shows in the source as eight digits of its hash, beside the address', async () => {
    // printf %s a-secret-key | sha256sum
    const key = 'bf8061f0'
    const source = { base_url: UPSTREAM, key }
    expect(await new Line({ baseURL: `${UPSTREAM}//` }).upstream.source()).toEqual(source)
    const { upstream } = new Line({ baseURL: undefined })
    expect(await upstream.source()).toEqual({ base_url: 'https://api.anthropic.com', key })
  })
})
