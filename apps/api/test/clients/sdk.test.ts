import Anthropic1 from '@anthropic-ai/sdk'
import Anthropic0, { NotFoundError as NotFoundError0 } from 'anthropic-sdk-0'
import OpenAI, { NotFoundError as OpenAINotFoundError } from 'openai'
import { beforeAll, describe, expect, test } from 'vitest'
import { startKv } from '@models-edge/testing/kv'
import { useService } from '../started/service.ts'
import { aliases, models, useStandIn } from '../started/stand-in.ts'
import { startWorkerd } from '../started/workerd.ts'

const standIn = useStandIn()
const service = useService({ upstream: () => standIn.origin })
const ids = models.map(({ id }) => id)
const current = models.filter(({ lifecycle }) => lifecycle !== 'retired').map(({ id }) => id)

const sdks = [
  { name: 'SDK 1.11.0', sdk: Anthropic1, client: client1 },
  { name: 'SDK 0.137.0', sdk: Anthropic0, client: client0 },
] as const

function client1(baseURL = service.origin): Anthropic1 {
  return new Anthropic1({ apiKey: 'any', baseURL, maxRetries: 0, timeout: 5000 })
}

function client0(baseURL = service.origin): Anthropic0 {
  return new Anthropic0({ apiKey: 'any', baseURL, maxRetries: 0, timeout: 5000 })
}

function connectOpenAI(): OpenAI {
  return new OpenAI({ apiKey: 'any', baseURL: `${service.origin}/v1`, maxRetries: 0 })
}

async function idsOf(list: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  const found: string[] = []
  for await (const { id } of list) found.push(id)
  return found
}

async function thrownBy(call: PromiseLike<unknown>): Promise<unknown> {
  try {
    await call
  } catch (error) {
    return error
  }
  throw new Error('expected the call to fail')
}

const withRequestId = { requestID: expect.stringMatching(/^req_\w{24}$/) }

beforeAll(() => service.tick())

describe.each(sdks)('$name', ({ sdk, client }) => {
  // The two versions name the same methods; where a test uses them, one type serves both.
  const connect = client as unknown as typeof client1

  test('lists the current models, newest first, with every field', async () => {
    const page = await connect().models.list()
    expect(page.data).toEqual(models.filter(({ id }) => current.includes(id)))
    expect(page.has_more).toBe(false)
  })

  test.each([1, 2, 5, 1000])('pages forwards at a limit of %i', async (limit) => {
    expect(await idsOf(connect().models.list({ limit }))).toEqual(current)
  })

  test.each([1, 2, 5, 1000])('pages backwards at a limit of %i', async (limit) => {
    const pages: string[][] = []
    const last = await connect().models.list({ limit, before_id: ids.at(-1)! })
    for await (const { data } of last.iterPages()) pages.unshift(data.map(({ id }) => id))
    expect(pages.flat()).toEqual(current)
    expect(pages.slice(1).every(({ length }) => length === limit)).toBe(true)
  })

  test.each([
    [['active', 'deprecated', 'retired']],
    [['retired']],
    [['deprecated']],
    [['retired', 'deprecated']],
  ] as const)('filters by %j in its own spelling, on every page', async (lifecycle) => {
    const found = await idsOf(connect().models.list({ limit: 2, lifecycle: [...lifecycle] }))
    const asked: readonly unknown[] = lifecycle
    expect(found).toEqual(models.filter((each) => asked.includes(each.lifecycle)).map((m) => m.id))
    expect(found).not.toEqual([])
  })

  test('gets every model by its id', async () => {
    for (const model of models) expect(await connect().models.retrieve(model.id)).toEqual(model)
  })

  test('gets a model by an alias, with the real id', async () => {
    expect(aliases.size).toBeGreaterThan(0)
    for (const [alias, id] of aliases) {
      expect((await connect().models.retrieve(alias)).id).toBe(id)
    }
  })

  test.each<[string, (api: Anthropic1) => PromiseLike<unknown>, string]>([
    ['limit 0', (api) => api.models.list({ limit: 0 }), 'limit: Input should be greater'],
    ['limit 1001', (api) => api.models.list({ limit: 1001 }), 'limit: Input should be less'],
    ['a cursor of nobody', (api) => api.models.list({ after_id: 'x' }), "for 'after_id'"],
    ['a cursor of nobody backwards', (api) => api.models.list({ before_id: 'x' }), "'before_id'"],
    [
      'both cursors',
      (api) => api.models.list({ after_id: ids[0]!, before_id: ids[1]! }),
      'after_id, before_id: ',
    ],
    [
      'an unknown lifecycle',
      (api) => api.models.list({ lifecycle: ['gone' as 'active'] }),
      'lifecycle[].0: Input is not one of the permitted values.',
    ],
  ])('knows the 400 for %s as a BadRequestError', async (_, call, message) => {
    const error = await thrownBy(call(connect()))
    expect(error).toBeInstanceOf(sdk.BadRequestError)
    expect(error).toMatchObject({
      ...withRequestId,
      status: 400,
      message: expect.stringContaining(message),
      error: { type: 'error', error: { type: 'invalid_request_error' } },
    })
  })

  test.each<[string, (api: Anthropic1) => PromiseLike<unknown>, string]>([
    ['a model', (api) => api.models.retrieve('claude-none'), 'model: claude-none'],
    ['a model of an odd name', (api) => api.models.retrieve('a/b ?#%é'), 'model: a/b ?#%é'],
    ['a prototype', (api) => api.models.retrieve('__proto__'), 'model: __proto__'],
    ['a path', (api) => api.get('/v1/messages/batches'), 'Not found'],
  ])('knows the 404 for %s as a NotFoundError', async (_, call, message) => {
    const error = await thrownBy(call(connect()))
    expect(error).toBeInstanceOf(sdk.NotFoundError)
    expect(error).toMatchObject({
      ...withRequestId,
      status: 404,
      error: { type: 'error', error: { type: 'not_found_error', message } },
    })
  })

  test('is told the names that are near to one that does not exist', async () => {
    const wanted = current[0]!.slice(0, -1)
    expect(await thrownBy(connect().models.retrieve(wanted))).toMatchObject({
      error: { error: { details: { suggestions: expect.arrayContaining([current[0]]) } } },
    })
  })

  test('knows the 405 for everything else that the API can do as an APIError', async () => {
    const error = await thrownBy(
      connect().messages.create({ model: ids[0]!, max_tokens: 1, messages: [] }),
    )
    expect(error).toBeInstanceOf(sdk.APIError)
    expect(error).toMatchObject({
      ...withRequestId,
      status: 405,
      error: { type: 'error', error: { type: 'invalid_request_error' } },
    })
  })

  test('knows the 503 where there is nothing to serve as an InternalServerError', async () => {
    await using kv = await startKv()
    await using empty = await startWorkerd(kv.origin, 'http://127.0.0.1:1')
    const error = await thrownBy(connect(empty.origin).models.list())
    expect(error).toBeInstanceOf(sdk.InternalServerError)
    expect(error).toMatchObject({
      ...withRequestId,
      status: 503,
      error: { type: 'error', error: { type: 'api_error' } },
    })
    const { headers } = error as { readonly headers: Headers }
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

describe("SDK 0.137.0's beta resource", () => {
  test('lists, pages and filters', async () => {
    const { models: resource } = client0().beta
    expect(await idsOf(resource.list({ limit: 5 }))).toEqual(current)
    expect(
      await idsOf(resource.list({ lifecycle: ['retired'], betas: ['any-2026-01-01'] })),
    ).toEqual(models.filter(({ lifecycle }) => lifecycle === 'retired').map(({ id }) => id))
  })

  test('gets a model by its id and by an alias', async () => {
    const { models: resource } = client0().beta
    expect(await resource.retrieve(ids[0]!)).toEqual(models[0])
    for (const [alias, id] of aliases) expect((await resource.retrieve(alias)).id).toBe(id)
    await expect(resource.retrieve('claude-none')).rejects.toThrow(NotFoundError0)
  })
})

describe("openai's client", () => {
  test('lists each model once', async () => {
    expect(await idsOf(connectOpenAI().models.list())).toEqual(current)
  })

  test('gets a model, and knows a 404', async () => {
    expect(await connectOpenAI().models.retrieve(ids[0]!)).toEqual(models[0])
    const error = await thrownBy(connectOpenAI().models.retrieve('claude-none'))
    expect(error).toBeInstanceOf(OpenAINotFoundError)
    expect(error).toMatchObject({ message: '404 model: claude-none' })
  })
})

test("Claude Code's gateway discovery gets the whole list in time, and no redirect", async () => {
  const response = await fetch(`${service.origin}/v1/models?limit=1000`, {
    headers: { authorization: 'Bearer any', 'anthropic-version': '2023-06-01' },
    redirect: 'error',
    signal: AbortSignal.timeout(3000),
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  const { data, has_more } = (await response.json()) as { data: unknown[]; has_more: boolean }
  expect(data).toHaveLength(current.length)
  expect(has_more).toBe(false)
})
