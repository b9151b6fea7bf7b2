import { exports } from 'cloudflare:workers'
import { type ErrorBody, MAX_LIMIT, type ModelInfo, type Page } from '@models-edge/core'
import { afterEach, describe, expect, test } from 'vitest'
import { aliases, models } from './catalogue.ts'

const welcome = { 'x-api-key': 'stand-in-key', 'anthropic-version': '2023-06-01' }

function ask(path: string, init: RequestInit = { headers: welcome }): Promise<Response> {
  return exports.default.fetch(`http://upstream.test${path}`, init)
}

async function page(path: string): Promise<Page> {
  const response = await ask(path)
  expect(response.status).toBe(200)
  return response.json()
}

async function ids(path: string): Promise<string[]> {
  return (await page(path)).data.map(({ id }) => id)
}

async function refused(response: Response): Promise<string> {
  const body = await response.json<ErrorBody>()
  expect(body.type).toBe('error')
  return `${response.status} ${body.error.type}: ${body.error.message}`
}

const owner = {
  organization: '00000000-0000-4000-8000-000000000001',
  workspace: 'wrkspc_stand_in',
}
const nobody = { organization: null, workspace: null }

function ownerOf({ headers }: Response): object {
  return {
    organization: headers.get('anthropic-organization-id'),
    workspace: headers.get('anthropic-workspace-id'),
  }
}

afterEach(() => ask('/stand-in/reset', { method: 'POST' }))

describe('credentials and headers', () => {
  test.each([
    ['x-api-key', { 'x-api-key': 'stand-in-key' }],
    ['a bearer token', { authorization: 'Bearer stand-in-key' }],
  ])('takes %s', async (_, credential) => {
    const headers = { ...credential, 'anthropic-version': '2026-10-21' }
    expect((await ask('/v1/models', { headers })).status).toBe(200)
  })

  test.each<[string, Record<string, string>, string]>([
    ['no credential', {}, '401 authentication_error: x-api-key header is required'],
    ['a bad key', { 'x-api-key': 'no' }, '401 authentication_error: API key is invalid.'],
    [
      'a bad token',
      { authorization: 'Bearer no' },
      '401 authentication_error: Invalid bearer token',
    ],
    [
      'both credentials',
      { 'x-api-key': 'stand-in-key', authorization: 'Bearer stand-in-key' },
      '401 authentication_error: Only one of the headers x-api-key and authorization may be sent',
    ],
  ])('refuses %s', async (_, headers, expected) => {
    const response = await ask('/v1/models', {
      headers: { 'anthropic-version': '2023-06-01', ...headers },
    })
    const body = await response.clone().json<ErrorBody>()
    expect(await refused(response)).toBe(expected)
    expect(body).not.toHaveProperty('request_id')
    expect(response.headers.get('request-id')).toMatch(/^req_/)
    expect(response.headers.has('anthropic-organization-id')).toBe(false)
  })

  test.each<[string, Record<string, string>, string]>([
    ['no version', { 'x-api-key': 'stand-in-key' }, 'anthropic-version: header is required'],
    [
      'a malformed version',
      { ...welcome, 'anthropic-version': 'soon' },
      'anthropic-version: "soon" is not a valid version',
    ],
    [
      'an unknown beta',
      { ...welcome, 'anthropic-beta': 'context-1m-2025-08-07, x' },
      'Unexpected value(s) `x` for the `anthropic-beta` header. Please consult our documentation at docs.anthropic.com or try again without the header.',
    ],
  ])('refuses %s', async (_, headers, message) => {
    expect(await refused(await ask('/v1/models', { headers }))).toBe(
      `400 invalid_request_error: ${message}`,
    )
  })

  test('takes known betas', async () => {
    const headers = { ...welcome, 'anthropic-beta': 'context-1m-2025-08-07,files-api-2025-04-14' }
    expect((await ask('/v1/models?beta=true', { headers })).status).toBe(200)
  })
})

describe('answers', () => {
  test('carry a request id, their owner, and nothing about caching', async () => {
    const { headers } = await ask('/v1/models')
    expect(headers.get('request-id')).toMatch(/^req_[1-9A-HJ-NP-Za-km-z0]{24}$/)
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.has('anthropic-organization-id')).toBe(true)
    expect(headers.has('anthropic-workspace-id')).toBe(true)
    for (const name of ['cache-control', 'etag', 'last-modified', 'expires']) {
      expect(headers.has(name)).toBe(false)
    }
  })

  test.each([
    ['/v1/models?limit=0', 400],
    ['/v1/models?after_id=none', 400],
    ['/v1/models/none', 404],
  ])('carry their owner and a request id on an error, too: %s, %i', async (path, status) => {
    const response = await ask(path)
    expect(response.status).toBe(status)
    expect(ownerOf(response)).toEqual(owner)
    expect(response.headers.get('request-id')).toMatch(/^req_\w{24}$/)
  })

  test.each([400, 401, 403, 404, 413, 429, 500, 504, 529])(
    'carry their owner on a planned %i, unless it is a 401',
    async (status) => {
      const headers = { ...welcome, 'x-stand-in-fault': `fault=status&status=${status}` }
      const response = await ask('/v1/models', { headers })
      expect(response.status).toBe(status)
      expect(ownerOf(response)).toEqual(status === 401 ? nobody : owner)
    },
  )

  test('do not carry their owner where the key is wrong', async () => {
    const headers = { ...welcome, 'x-api-key': 'no' }
    const response = await ask('/v1/models', { headers })
    expect([response.status, ownerOf(response)]).toEqual([401, nobody])
  })

  test('never share a request id', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('/v1/models')))
    expect(new Set(answers.map(({ headers }) => headers.get('request-id'))).size).toBe(20)
  })

  test('have the same id in the body and the header of an error', async () => {
    const response = await ask('/v1/models/none')
    const body = await response.json<ErrorBody>()
    expect(body.request_id).toBe(response.headers.get('request-id'))
  })

  test('of unknown paths and methods are errors of the API', async () => {
    expect(await refused(await ask('/v1/other'))).toBe('404 not_found_error: Not found')
    expect(await refused(await ask('/v1/models', { method: 'POST', headers: welcome }))).toBe(
      '405 invalid_request_error: Method Not Allowed',
    )
  })
})

describe('the list', () => {
  const newest = models.filter(({ lifecycle }) => lifecycle !== 'retired').map(({ id }) => id)

  test('is compact JSON, keys in the order of the API, newest first', async () => {
    const text = await (await ask('/v1/models')).text()
    const body = JSON.parse(text) as Page
    expect(text).toBe(JSON.stringify(body))
    expect(Object.keys(body)).toEqual(['data', 'has_more', 'first_id', 'last_id'])
    expect(Object.keys(body.data[0] ?? {}).join()).toBe(
      'type,id,display_name,created_at,line,max_input_tokens,max_tokens,capabilities,lifecycle,deprecated_at,retires_at',
    )
    const dates = body.data.map(({ created_at }) => created_at)
    expect(dates).toEqual(dates.toSorted().toReversed())
  })

  test('leaves out the retired models unless they are asked for', async () => {
    expect(await ids('/v1/models')).toEqual(newest)
    const retired = await page('/v1/models?lifecycle[]=retired')
    expect(retired.data.length).toBeGreaterThan(0)
    expect(retired.data.every(({ lifecycle }) => lifecycle === 'retired')).toBe(true)
    const all = 'lifecycle%5B%5D=active&lifecycle%5B%5D=deprecated&lifecycle=retired'
    expect(await ids(`/v1/models?${all}`)).toHaveLength(models.length)
  })

  test('holds 20 models unless told', async () => {
    const headers = { ...welcome, 'x-stand-in-fault': 'fault=model-crowd' }
    const crowd = Array.from({ length: 30 }, (_, place) => `claude-crowd-${30 - place}`)
    const first = await (await ask('/v1/models', { headers })).json<Page>()
    expect(first.data.map(({ id }) => id)).toEqual(crowd.slice(0, 20))
    expect(first).toMatchObject({ has_more: true, last_id: 'claude-crowd-11' })
    const second = await ask(`/v1/models?after_id=${first.last_id}`, { headers })
    expect((await second.json<Page>()).data.map(({ id }) => id)).toEqual(
      [...crowd, ...newest].slice(20, 40),
    )
  })

  test('has several pages at a limit of 5', async () => {
    const first = await page('/v1/models?limit=5')
    expect(first).toMatchObject({ has_more: true, first_id: newest[0], last_id: newest[4] })
    const second = await page(`/v1/models?limit=5&after_id=${first.last_id}`)
    expect(second.data.map(({ id }) => id)).toEqual(newest.slice(5, 10))
    const back = await page(`/v1/models?limit=3&before_id=${second.first_id}`)
    expect(back).toMatchObject({ has_more: true, first_id: newest[2], last_id: newest[4] })
  })

  test.each([
    ['limit=0', 'limit: Input should be greater than or equal to 1'],
    [`limit=${MAX_LIMIT + 1}`, 'limit: Input should be less than or equal to 1000'],
    ['limit=x', 'limit: Input should be a valid integer, unable to parse string as an integer'],
    ['lifecycle[]=gone', 'lifecycle[].0: Input is not one of the permitted values.'],
    ['after_id=none', "Invalid pagination cursor for 'after_id'"],
    ['before_id=none', "Invalid pagination cursor for 'before_id'"],
    ['after_id=a&before_id=b', 'after_id, before_id: Only one of the two cursors can be given'],
  ])('refuses %s', async (query, message) => {
    expect(await refused(await ask(`/v1/models?${query}`))).toBe(
      `400 invalid_request_error: ${message}`,
    )
  })
})

describe('one model', () => {
  test.each(models.map(({ id }) => id))('%s is found by its id', async (id) => {
    expect(await (await ask(`/v1/models/${id}`)).json()).toMatchObject({ id, type: 'model' })
  })

  test.each([...aliases])('%s stands for %s', async (alias, id) => {
    expect(await (await ask(`/v1/models/${alias}`)).json<ModelInfo>()).toMatchObject({ id })
  })

  test.each(['none', 'claude-opus-4-latest', '..%2Fmodels', '%00', '%'])(
    '%s is not found, and not worth a retry',
    async (id) => {
      const response = await ask(`/v1/models/${id}`)
      const name = id === '%' ? '%' : decodeURIComponent(id)
      expect(await refused(response)).toBe(`404 not_found_error: model: ${name}`)
      expect(response.headers.get('x-should-retry')).toBe('false')
    },
  )
})

/** The headers that decide what a page of another origin may see, and how caches keep it. */
function corsOf({ headers }: Response): Record<string, string> {
  return Object.fromEntries(
    [...headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'),
  )
}

describe('other origins', () => {
  const opening = 'anthropic-dangerous-direct-browser-access'
  const origin = 'https://page.test'

  function preflight(asked: string): Promise<Response> {
    const headers = { origin, 'access-control-request-headers': asked }
    return ask('/v1/models', { method: 'OPTIONS', headers })
  }

  test.each([
    `x-api-key, anthropic-version, ${opening}, content-type`,
    `authorization,${opening},x-stainless-lang`,
    opening.toUpperCase(),
  ])('are let in by a preflight for %s', async (asked) => {
    const response = await preflight(asked)
    expect(response.status).toBe(200)
    expect(corsOf(response)).toEqual({
      'access-control-allow-headers': asked,
      'access-control-allow-methods': 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT',
      'access-control-allow-origin': '*',
      'access-control-max-age': '600',
    })
  })

  test.each(['content-type,x-api-key,anthropic-version', `x-${opening}`, ''])(
    'are kept out by a preflight for %j',
    async (asked) => {
      const response = await preflight(asked)
      expect(response.status).toBe(400)
      expect(corsOf(response)).toEqual({})
    },
  )

  test.each([
    ['stand-in-key', 200],
    ['no', 401],
  ])(
    'see the answer where they send the header that opens the door: %s, %i',
    async (key, status) => {
      const headers = { ...welcome, 'x-api-key': key, origin, [opening]: 'true' }
      const response = await ask('/v1/models', { headers })
      expect(response.status).toBe(status)
      expect(corsOf(response)).toEqual({
        'access-control-allow-origin': '*',
        'access-control-expose-headers': '*',
        vary: `Origin, Access-Control-Request-Headers, ${opening}, Accept-Encoding`,
      })
    },
  )

  test.each(['stand-in-key', 'no'])('see nothing otherwise, with the key %s', async (key) => {
    const headers = { ...welcome, 'x-api-key': key, origin }
    const response = await ask('/v1/models', { headers })
    expect(corsOf(response)).toEqual({ 'access-control-allow-credentials': 'true' })
    expect(await refused(response)).toBe(
      `401 authentication_error: CORS requests must set '${opening}' header`,
    )
  })

  test('are no matter where there is none', async () => {
    expect(corsOf(await ask('/v1/models'))).toEqual({})
  })
})

describe('misbehaviour', () => {
  test('is planned for the next requests, then over', async () => {
    await ask('/stand-in/faults?fault=status&status=529&retry-after=3&times=2', { method: 'POST' })
    for (const expected of [529, 529, 200]) {
      const response = await ask('/v1/models')
      expect(response.status).toBe(expected)
      expect(response.headers.get('retry-after')).toBe(expected === 529 ? '3' : null)
    }
  })

  test.each([
    ['/v1/models/none', 404],
    ['/v1/models?limit=0', 400],
    ['/v1/models?after_id=none', 400],
    ['/v1/models/claude-haiku-4-5', 200],
  ])('comes in place of whatever %s would answer', async (path, normal) => {
    const plans = ['fault=status&status=529', 'fault=html', 'fault=edge-block', 'fault=redirect']
    for (const each of plans) await ask(`/stand-in/faults?${each}`, { method: 'POST' })
    const answers = []
    for (const _ of [...plans, 'none']) {
      const { status } = await ask(path, { headers: welcome, redirect: 'manual' })
      answers.push(status)
    }
    expect(answers).toEqual([529, 502, 403, 302, normal])
  })

  test.each(['slow-headers', 'slow-body'])('%s makes an error slow, too', async (fault) => {
    const headers = { ...welcome, 'x-stand-in-fault': `fault=${fault}&ms=60` }
    const begun = Date.now()
    const response = await ask('/v1/models/none', { headers })
    expect(await refused(response)).toBe('404 not_found_error: model: none')
    expect(response.headers.get('x-should-retry')).toBe('false')
    expect(Date.now() - begun).toBeGreaterThanOrEqual(50)
  })

  test('is not for those whom the API does not know', async () => {
    await ask('/stand-in/faults?fault=status&status=529', { method: 'POST' })
    expect((await ask('/v1/models', { headers: {} })).status).toBe(401)
    expect((await ask('/v1/models')).status).toBe(529)
  })

  test.each([
    ['500&should-retry=false', 'false'],
    ['404&should-retry=true', 'true'],
    ['500', null],
    ['404', 'false'],
  ])('can say whether to retry: status=%s', async (status, told) => {
    const headers = { ...welcome, 'x-stand-in-fault': `fault=status&status=${status}` }
    expect((await ask('/v1/models', { headers })).headers.get('x-should-retry')).toBe(told)
  })

  test('can shrink the list to its newest third, in its order', async () => {
    const headers = { ...welcome, 'x-stand-in-fault': 'fault=shrunk-list' }
    const shrunk = await (await ask('/v1/models', { headers })).json<Page>()
    expect(shrunk.data.map(({ id }) => id)).toEqual([
      'claude-haiku-5-5',
      'claude-sonnet-5-5',
      'claude-opus-5-5',
      'claude-fable-5-1',
      'claude-opus-5',
      'claude-sonnet-5',
    ])
  })

  test('is asked for by one request and spares the others', async () => {
    const headers = { ...welcome, 'x-stand-in-fault': 'fault=empty-list' }
    const response = await ask('/v1/models', { headers })
    expect(await response.json()).toEqual({
      data: [],
      has_more: false,
      first_id: null,
      last_id: null,
    })
    expect((await page('/v1/models')).data).not.toEqual([])
  })

  test('that is planned wrongly is refused, and nothing is planned', async () => {
    for (const query of [
      'fault=status&status=204',
      'fault=slow-body&ms=-1',
      'fault=html&times=0',
    ]) {
      const response = await ask(`/stand-in/faults?${query}`, { method: 'POST' })
      expect(await refused(response)).toMatch(/^400 invalid_request_error: \w+: expected /)
      const headers = { ...welcome, 'x-stand-in-fault': query }
      expect((await ask('/v1/models', { headers })).status).toBe(400)
    }
    expect((await ask('/v1/models')).status).toBe(200)
  })

  test('that nobody knows is refused with the names of the known', async () => {
    const response = await ask('/stand-in/faults?fault=constructor', { method: 'POST' })
    expect(await refused(response)).toMatch(/^400 .*fault: expected one of status, edge-block, /)
  })

  test('and the calls that were made are counted', async () => {
    await ask('/v1/models')
    await ask('/v1/models/none')
    expect(await (await ask('/stand-in')).json()).toEqual({ calls: 2 })
  })
})
