import { createServer } from 'node:http'
import {
  ApiError,
  getModel,
  listModels,
  listPages,
  type ListParams,
  listRequest,
  MAX_LIMIT,
  type ModelInfo,
  type RequestOptions,
  retryAfterMs,
  type Send,
  type WalkOptions,
  withLimits,
  withRetries,
} from '@models-edge/core'
import { describe, expect, test } from 'vitest'
import { aliases, models } from '../src/catalogue.ts'
import { useStandIn } from './stand-in.ts'

const standIn = useStandIn()
const current = models.filter(({ lifecycle }) => lifecycle !== 'retired')

function connection(): RequestOptions & { readonly apiKey: string } {
  return { baseURL: standIn.origin, apiKey: standIn.key }
}

async function walk(
  params: ListParams = {},
  options: WalkOptions = connection(),
  send: Send = fetch,
): Promise<ModelInfo[]> {
  const found: ModelInfo[] = []
  for await (const model of listModels(send, params, options)) found.push(model)
  return found
}

async function failure(promise: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await promise.then(
    () => new Error('expected a failure'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof ApiError) return error
  throw error
}

describe('well behaved', () => {
  test.each([
    ['a key', () => connection()],
    ['a token', () => ({ baseURL: standIn.origin, authToken: standIn.key })],
    ['the newest version', () => ({ ...connection(), version: '2026-10-21' })],
    ['betas', () => ({ ...connection(), betas: ['a-2025-01-01', 'b-2025-01-01'] })],
    [
      'a slash at the end of the base URL',
      () => ({ ...connection(), baseURL: `${standIn.origin}/` }),
    ],
  ])('the list answers to %s', async (_, options) => {
    expect(await walk({}, options())).toEqual(current)
  })

  test.each([1, 2, 5, MAX_LIMIT])('a walk forwards at a limit of %i', async (limit) => {
    expect(await walk({ limit })).toEqual(current)
    expect(await standIn.calls()).toBe(Math.ceil(current.length / limit))
  })

  test.each([1, 2, 5, MAX_LIMIT])('a walk backwards at a limit of %i', async (limit) => {
    const before_id = models.at(-1)!.id
    const found: ModelInfo[] = []
    for await (const page of listPages(fetch, { limit, before_id }, connection())) {
      found.unshift(...page.data)
    }
    expect(found).toEqual(current)
  })

  test('a page holds 20 models unless told', async () => {
    await standIn.misbehave({ fault: 'model-crowd', times: '4' })
    const first = await listPages(fetch, {}, connection()).next()
    expect(first.value).toMatchObject({ has_more: true, last_id: 'claude-crowd-11' })
    expect(first.value?.data).toHaveLength(20)
    expect(await walk()).toHaveLength(30 + current.length)
    expect(await standIn.calls()).toBe(4)
  })

  test('a walk that is left early asks for no further page', async () => {
    for await (const model of listModels(fetch, { limit: 2 }, connection())) {
      if (model.id === current[2]!.id) break
    }
    expect(await standIn.calls()).toBe(2)
  })

  test('filters carry over from page to page', async () => {
    const lifecycle = ['deprecated', 'retired'] as const
    const expected = models.filter((model) => model.lifecycle !== 'active')
    expect(await walk({ limit: 2, lifecycle })).toEqual(expected)
  })

  test('every model comes by its id, and by its alias', async () => {
    for (const model of models) {
      expect(await getModel(fetch, model.id, connection())).toEqual(model)
    }
    for (const [alias, id] of aliases) {
      expect((await getModel(fetch, alias, connection())).id).toBe(id)
    }
  })
})

describe('errors', () => {
  test.each([
    [400, 'invalid_request_error', false],
    [401, 'authentication_error', false],
    [403, 'permission_error', false],
    [404, 'not_found_error', false],
    [413, 'request_too_large', false],
    [429, 'rate_limit_error', true],
    [500, 'api_error', true],
    [504, 'timeout_error', true],
    [529, 'overloaded_error', true],
  ] as const)('the status %i is an ApiError of its type', async (status, type, passing) => {
    await standIn.misbehave({ fault: 'status', status: String(status) })
    const error = await failure(walk())
    expect(error).toMatchObject({ status, type, requestId: expect.stringMatching(/^req_\w{24}$/) })
    expect(error.message).toBe(`The stand-in was told to answer ${status}`)
    expect(retryAfterMs(error) !== undefined).toBe(passing)
  })

  test('say what the API says', async () => {
    expect(await failure(walk({}, { ...connection(), apiKey: 'wrong' }))).toMatchObject({
      status: 401,
      message: 'API key is invalid.',
    })
    expect(await failure(walk({ after_id: 'none' }))).toMatchObject({
      status: 400,
      message: "Invalid pagination cursor for 'after_id'",
    })
    expect(await failure(getModel(fetch, 'no/such thing?', connection()))).toMatchObject({
      status: 404,
      type: 'not_found_error',
      message: 'model: no/such thing?',
    })
  })
})

describe('misbehaviour', () => {
  const limited = withLimits(fetch, { timeoutMs: 400 })

  test.each<[string, Record<string, string>, string]>([
    ['an edge block', { fault: 'edge-block' }, 'Request not allowed'],
    [
      'a page for people',
      { fault: 'html' },
      'got no whole JSON: status 502 with text/html; charset=utf-8',
    ],
    [
      'a page for people that says all is well',
      { fault: 'html', status: '200' },
      'got no whole JSON: status 200 with text/html; charset=utf-8',
    ],
    [
      'half a body as if it were all',
      { fault: 'half-body' },
      'got no whole JSON: status 200 with application/json',
    ],
    [
      'a body that is cut off',
      { fault: 'cut-body', ms: '50' },
      'got no whole JSON: status 200 with application/json',
    ],
    ['a cursor loop', { fault: 'cursor-loop' }, 'it comes to '],
    ['duplicate ids', { fault: 'duplicate-ids' }, 'it comes to claude-haiku-5-5 twice'],
    ['more without a cursor', { fault: 'no-cursor' }, 'it has more, but no cursor'],
  ])('%s is an error that says so', async (_, options, message) => {
    await standIn.misbehave({ ...options, times: 'Infinity' })
    expect((await failure(walk())).message).toContain(message)
    expect(await standIn.calls()).toBeLessThanOrEqual(2)
  })

  test('a cursor that stands still is noticed before it is asked for again', async () => {
    await standIn.misbehave({ fault: 'standing-cursor', times: 'Infinity' })
    const error = await failure(walk({ after_id: current[0]!.id }))
    expect(error.message).toContain('its cursor does not advance')
    expect(await standIn.calls()).toBe(1)
  })

  test.each(['slow-headers', 'slow-body'])('%s end at the time limit', async (fault) => {
    await standIn.misbehave({ fault, ms: '3000' })
    expect(await failure(walk({}, connection(), limited))).toMatchObject({
      status: 504,
      type: 'timeout_error',
      message: 'No whole answer within 400 ms',
    })
  })

  test.each(['slow-headers', 'slow-body'])('%s can be aborted', async (fault) => {
    await standIn.misbehave({ fault, ms: '3000' })
    const signal = AbortSignal.timeout(100)
    const error: unknown = await walk({}, { ...connection(), signal }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBe(signal.reason)
  })

  test('a slow answer within the limit is an answer', async () => {
    await standIn.misbehave({ fault: 'slow-body', ms: '100' })
    expect(await walk({}, connection(), limited)).toEqual(current)
  })

  test('a redirect is not followed, and its target sees nothing', async () => {
    let visits = 0
    const elsewhere = createServer((_, response) => {
      visits += 1
      response.end('{}')
    }).listen(0, '127.0.0.1')
    try {
      await new Promise((resolve) => elsewhere.once('listening', resolve))
      const address = elsewhere.address()
      if (address === null || typeof address === 'string') throw new Error('expected a port')
      await standIn.misbehave({ fault: 'redirect', to: `http://127.0.0.1:${address.port}/` })
      expect((await failure(walk())).message).toContain(
        'got no whole JSON: status 302 with no content',
      )
      expect(visits).toBe(0)
    } finally {
      elsewhere.close()
    }
  })

  test('what passes is retried, with the wait that was asked for', async () => {
    const waits: number[] = []
    const send = withRetries(fetch, {
      sleep(ms) {
        waits.push(ms)
        return Promise.resolve()
      },
    })
    await standIn.misbehave({ fault: 'status', status: '429', 'retry-after': '7' })
    await standIn.misbehave({ fault: 'status', status: '529' })
    expect(await walk({}, connection(), send)).toEqual(current)
    expect(waits[0]).toBe(7000)
    expect(waits[1]).toBeGreaterThan(0)
    expect(await standIn.calls()).toBe(3)
  })

  test.each([
    ['500', 'false', 500, 1],
    ['404', 'true', 200, 2],
  ])('%s with x-should-retry: %s comes to %i', async (status, told, came, calls) => {
    const send = withRetries(fetch, { sleep: () => Promise.resolve() })
    await standIn.misbehave({ fault: 'status', status, 'should-retry': told })
    const response = await send(listRequest({}, connection()))
    expect([response.status, await standIn.calls()]).toEqual([came, calls])
  })

  test('a body that is cut off is tried again where it is read within the limits', async () => {
    await standIn.misbehave({ fault: 'cut-body', ms: '50' })
    const send = withRetries(limited, { sleep: () => Promise.resolve() })
    expect(await walk({}, connection(), send)).toEqual(current)
    expect(await standIn.calls()).toBe(2)
  })

  test('an empty list is a list', async () => {
    await standIn.misbehave({ fault: 'empty-list' })
    expect(await walk()).toEqual([])
  })

  test.each<[string, number]>([
    ['shrunk-list', Math.floor(models.length / 3)],
    ['model-less', current.length - 1],
    ['model-more', current.length + 1],
  ])('%s is a list of its own length', async (fault, length) => {
    await standIn.misbehave({ fault })
    expect(await walk()).toHaveLength(length)
  })

  test('unknown fields and values pass through', async () => {
    await standIn.misbehave({ fault: 'unknown-fields' })
    await standIn.misbehave({ fault: 'unknown-enums' })
    expect((await walk())[0]).toMatchObject({ price: { input: 1.5 }, 'x-new': [null] })
    expect((await walk())[0]).toMatchObject({ line: 'sonata', lifecycle: 'dormant' })
  })
})
