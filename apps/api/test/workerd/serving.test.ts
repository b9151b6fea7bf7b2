import type { ErrorBody, ModelInfo, Page } from '@models-edge/core'
import { describe, expect, test } from 'vitest'
import type { Worker } from '../../src/compose.ts'
import {
  ask,
  askFreely,
  askUpstream,
  bodyOf,
  isolate,
  json,
  listing,
  model,
  refused,
  stage,
  synced,
  upstream,
} from './world.ts'

stage()

async function ids(service: Worker, path: string): Promise<string[]> {
  return (await bodyOf<Page>(ask(service, path))).data.map(({ id }) => id)
}

function links(response: Response): Readonly<Record<string, string>> {
  const parts = [...(response.headers.get('link') ?? '').matchAll(/<([^>]*)>; rel="(\w+)"/g)]
  return Object.fromEntries(parts.map(([, target, relation]) => [relation, target]))
}

const DEPRECATED = 'claude-sonnet-4-5-20250929'
const all = '?lifecycle[]=active&lifecycle[]=deprecated&lifecycle[]=retired&limit=1000'

describe('the list', () => {
  test.each([
    '',
    '?limit=1',
    '?limit=5',
    '?limit=1000',
    '?limit=5&after_id=claude-opus-5',
    '?limit=5&after_id=claude-sonnet-4-6',
    '?after_id=claude-3-haiku-20240307',
    '?limit=3&before_id=claude-opus-4-8',
    '?limit=3&before_id=claude-haiku-5-5',
    '?before_id=claude-3-haiku-20240307',
    '?lifecycle=retired',
    '?lifecycle[]=deprecated',
    '?lifecycle%5B%5D=active&lifecycle%5B%5D=retired&limit=3',
    '?lifecycle=active&lifecycle[]=retired&after_id=claude-opus-4-6',
    all,
    '?beta=true',
    '?beta=true&unknown=1&limit=2',
  ])('%s is what the API answers, to the byte', async (query) => {
    const service = await synced()
    const answer = await ask(service, `/v1/models${query}`)
    const theirs = await askUpstream(`/v1/models${query}`)
    const text = await answer.text()
    expect([answer.status, text]).toEqual([theirs.status, await theirs.text()])
    expect(answer.headers.get('content-type')).toBe('application/json')
    expect(answer.headers.get('content-length')).toBe(String(text.length))
    expect(upstream.calls).toEqual([])
  })

  test.each([
    'limit=0',
    'limit=1001',
    'limit=x',
    'limit=1.5',
    'limit=',
    'lifecycle[]=gone',
    'lifecycle=active&lifecycle=gone',
    'after_id=none',
    'before_id=none',
    'after_id=__proto__',
    'after_id=claude-haiku-4-5',
    'after_id=claude-opus-5&before_id=claude-opus-5',
  ])('refuses ?%s in the words of the API', async (query) => {
    const answer = await ask(await synced(), `/v1/models?${query}`)
    const { error } = await bodyOf<ErrorBody>(askUpstream(`/v1/models?${query}`))
    expect(await refused(answer)).toBe(`400 invalid_request_error: ${error.message}`)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60')
  })

  // Numbers, escapes, keys that look like indexes, and fields nobody knows: parsing would change them.
  const strange =
    '{"type":"model","id":"m-1","display_name":"caf\\u00e9 \\/ \\"} ,\\\\","created_at":"2026-01-01T00:00:00Z","max_tokens":1.0,"10":1E+2,"2":-0,"big":12345678901234567890,"__proto__":{"a":[]},"x-new":[null,{"data":[{"id":"x"}]}],"é":"😀"}'

  test('passes every model on byte for byte', async () => {
    upstream.send = listing([strange, model('m-2')])
    const service = await synced()
    expect(await (await ask(service, '/v1/models/m-1')).text()).toBe(strange)
    expect(await (await ask(service, '/v1/models?limit=1')).text()).toBe(
      `{"data":[${strange}],"has_more":true,"first_id":"m-1","last_id":"m-1"}`,
    )
    expect(await (await ask(isolate(), '/v1/models/m-1')).text()).toBe(strange)
  })

  test('leaves out the white space of a page that is written for people', async () => {
    const [start, end] = ['{"data":[', '],"has_more":false,"first_id":"m-1","last_id":"m-1"}']
    const spread = strange.replaceAll('":', '" :\n\t').replaceAll(',"', ' ,\r\n "')
    upstream.send = ({ url }) =>
      url.includes('?') ? json(`\n${start}\n  ${spread} \n${end}`) : json('{}', 404)
    const service = await synced()
    expect(await (await ask(service, '/v1/models')).text()).toBe(start + strange + end)
  })

  test('takes the four fields of the oldest answers and values that nobody knows', async () => {
    upstream.send = listing([model('new', { lifecycle: 'dormant', line: 'sonata' }), model('old')])
    const service = await synced()
    expect(await ids(service, '/v1/models')).toEqual(['new', 'old'])
    expect(await ids(service, '/v1/models?lifecycle=active')).toEqual(['old'])
  })

  test('joins the pages of upstream', async () => {
    const models = Array.from({ length: 7 }, (_, index) => JSON.stringify(model(`m-${index}`)))
    upstream.send = ({ url }) => {
      const after = new URL(url).searchParams.get('after_id')
      const start = after === null ? 0 : Number(after.slice(2)) + 1
      const page = models.slice(start, start + 3)
      const last = start + page.length - 1
      return json(
        `{"data":[${page.join()}],"has_more":${last < 6},"first_id":"m-${start}","last_id":"m-${last}"}`,
      )
    }
    const service = isolate()
    await service.tick()
    expect(upstream.calls).toHaveLength(3)
    expect(await (await ask(service, '/v1/models')).text()).toBe(
      `{"data":[${models.join()}],"has_more":false,"first_id":"m-0","last_id":"m-6"}`,
    )
  })
})

describe('links', () => {
  test.each<[string, { prev?: string; next?: string }]>([
    ['', {}],
    ['?limit=14', {}],
    ['?limit=5', { next: 'limit=5&after_id=claude-opus-5' }],
    [
      '?limit=5&after_id=claude-opus-5',
      {
        prev: 'limit=5&before_id=claude-sonnet-5',
        next: 'limit=5&after_id=claude-sonnet-4-6',
      },
    ],
    ['?limit=5&after_id=claude-sonnet-4-6', { prev: 'limit=5&before_id=claude-opus-4-6' }],
    ['?limit=5&before_id=claude-sonnet-5', { next: 'limit=5&after_id=claude-opus-5' }],
    [
      '?limit=2&before_id=claude-opus-5',
      {
        prev: 'limit=2&before_id=claude-opus-5-5',
        next: 'limit=2&after_id=claude-fable-5-1',
      },
    ],
    ['?limit=1&before_id=claude-haiku-5-5', {}],
    [`?after_id=${DEPRECATED}`, {}],
    [
      '?lifecycle=retired&limit=2&beta=true',
      { next: 'limit=2&lifecycle%5B%5D=retired&after_id=claude-opus-4-20250514' },
    ],
  ])('of %s lead to the pages beside it, and name no host', async (query, expected) => {
    const answer = await ask(await synced(), `/v1/models${query}`)
    const wanted = Object.entries(expected).map(
      ([relation, target]) => `</v1/models?${target}>; rel="${relation}"`,
    )
    expect(answer.headers.get('link')).toBe(wanted.length > 0 ? wanted.join(', ') : null)
  })

  test.each([
    '/v1/models?limit=1',
    '/v1/models?limit=3&lifecycle[]=retired',
    '/v1/changes?limit=7',
  ])('walk all of %s and back', async (start) => {
    const service = await synced()
    const whole = await ids(service, start.replace(/limit=\d+/, 'limit=1000'))
    const forwards: string[] = []
    let last = start
    for (let next: string | undefined = start; next !== undefined;) {
      const answer = await ask(service, next)
      last = next
      next = links(answer)['next']
      forwards.push(...(await bodyOf<Page>(answer)).data.map(({ id }) => id))
    }
    expect(forwards).toEqual(whole)
    const backwards: string[] = []
    for (let prev: string | undefined = last; prev !== undefined;) {
      const answer = await ask(service, prev)
      prev = links(answer)['prev']
      backwards.unshift(...(await bodyOf<Page>(answer)).data.map(({ id }) => id))
    }
    expect(backwards).toEqual(whole)
  })
})

describe('one model', () => {
  test('is found by its id, retired or not, to the byte', async () => {
    const service = await synced()
    const { data } = await bodyOf<Page>(askUpstream(`/v1/models${all}`))
    expect(data).toHaveLength(20)
    for (const { id } of data) {
      const answer = await ask(service, `/v1/models/${id}`)
      expect(answer.status).toBe(200)
      expect(await answer.text()).toBe(await (await askUpstream(`/v1/models/${id}`)).text())
    }
  })

  test.each([
    ['claude-haiku-4-5', 'claude-haiku-4-5-20251001'],
    ['claude-sonnet-4-5', DEPRECATED],
    ['claude%2Dopus%2D4%2D5', 'claude-opus-4-5-20251101'],
    ['claude-opus-5-5?beta=true', 'claude-opus-5-5'],
  ])('%s is %s', async (name, id) => {
    const answer = await ask(await synced(), `/v1/models/${name}`)
    expect(answer.status).toBe(200)
    expect(await answer.json<ModelInfo>()).toMatchObject({ type: 'model', id })
    expect(answer.headers.has('link')).toBe(false)
  })

  test.each([
    [DEPRECATED, '@1790726400', 'Mon, 30 Nov 2026 00:00:00 GMT'],
    ['claude-sonnet-4-5', '@1790726400', 'Mon, 30 Nov 2026 00:00:00 GMT'],
    ['claude-3-haiku-20240307', '@1771459200', 'Mon, 20 Apr 2026 00:00:00 GMT'],
    ['claude-opus-5-5', null, null],
  ])('%s says when it was deprecated and when it ends', async (id, deprecation, sunset) => {
    const { headers } = await ask(await synced(), `/v1/models/${id}`)
    expect([headers.get('deprecation'), headers.get('sunset')]).toEqual([deprecation, sunset])
  })

  test('with dates that are none says nothing about its end', async () => {
    upstream.send = listing([model('m', { deprecated_at: 'soon', retires_at: '' })])
    const answer = await askFreely(await synced(), '/v1/models/m')
    expect(answer.status).toBe(200)
    expect([answer.headers.get('deprecation'), answer.headers.get('sunset')]).toEqual([null, null])
  })

  test.each([
    ['none', 'none'],
    ['%00', '\0'],
    ['claude-opus-5%00', 'claude-opus-5\0'],
    ['..%2Fmodels', '../models'],
    ['..%2F..%2Fhealth', '../../health'],
    ['%2e%2e%2fchanges', '../changes'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['toString', 'toString'],
    ['hasOwnProperty', 'hasOwnProperty'],
    ['CLAUDE-OPUS-5', 'CLAUDE-OPUS-5'],
    ['%20claude-opus-5', ' claude-opus-5'],
    ['claude-opus-5%252D5', 'claude-opus-5%2D5'],
    ['%3Cscript%3E', '<script>'],
    ['%F0%9F%98%80', '😀'],
    ['x'.repeat(256), 'x'.repeat(256)],
  ])('%s is not found, and not worth a retry', async (path, name) => {
    const answer = await ask(await synced(), `/v1/models/${path}`)
    expect(await refused(answer)).toBe(`404 not_found_error: model: ${name}`)
    expect(answer.headers.get('x-should-retry')).toBe('false')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60')
  })

  test.each([
    ['%', 'percent-encoded UTF-8'],
    ['%zz', 'percent-encoded UTF-8'],
    ['%ff%fe', 'percent-encoded UTF-8'],
    ['x'.repeat(257), 'at most 256 characters'],
    ['x'.repeat(9000), 'at most 256 characters'],
  ])('%s is refused', async (path, why) => {
    const answer = await ask(await synced(), `/v1/models/${path}`)
    expect(await refused(answer)).toMatch(
      new RegExp(`^400 invalid_request_error: model_id: Input should .*${why}$`),
    )
  })

  test.each<[string, readonly string[] | undefined]>([
    ['claude-hiku-4-5', ['claude-haiku-4-5', 'claude-haiku-4-5-20251001']],
    ['claude-opus-5-50', ['claude-opus-5-5', 'claude-opus-4-5']],
    ['claude-haiku-5-5-latest', ['claude-haiku-5-5']],
    ['claude-3-5-haiku-20250101', ['claude-3-5-haiku-20241022']],
    ['CLAUDE-HAIKU-5-5', ['claude-haiku-5-5']],
    ['gpt-4', undefined],
    ['claude-opus-5'.padEnd(65, 'x'), undefined],
  ])('that does not exist, as %s, brings up the nearest names', async (name, expected) => {
    const answer = await ask(await synced(), `/v1/models/${name}`)
    expect(answer.headers.get('x-synced-at')).toBe('2026-11-20T12:00:00.000Z')
    const { error } = await bodyOf<ErrorBody>(answer)
    if (expected === undefined) {
      expect(error).not.toHaveProperty('details')
      return
    }
    const { suggestions } = error.details as { readonly suggestions: readonly string[] }
    expect(suggestions.slice(0, expected.length)).toEqual(expected)
    expect(suggestions.length).toBeLessThanOrEqual(3)
  })
})
