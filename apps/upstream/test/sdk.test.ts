import Anthropic1 from '@anthropic-ai/sdk'
import { ApiError, getRequest } from '@models-edge/core'
import Anthropic0 from 'anthropic-sdk-0'
import { describe, expect, test } from 'vitest'
import { aliases, models } from '../src/catalogue.ts'
import { useStandIn } from './stand-in.ts'

const standIn = useStandIn()
const ids = models.map(({ id }) => id)
const current = models.filter(({ lifecycle }) => lifecycle !== 'retired').map(({ id }) => id)

const sdks = [
  { name: 'SDK 1.11.0', sdk: Anthropic1, client: client1 },
  { name: 'SDK 0.137.0', sdk: Anthropic0, client: client0 },
] as const

type Options = NonNullable<ConstructorParameters<typeof Anthropic1>[0]>

function client1(apiKey = standIn.key, more: Options = {}): Anthropic1 {
  return new Anthropic1({ apiKey, baseURL: standIn.origin, maxRetries: 0, timeout: 1000, ...more })
}

function client0(apiKey = standIn.key, more: Pick<Options, 'fetch'> = {}): Anthropic1 {
  const options = { apiKey, baseURL: standIn.origin, maxRetries: 0, timeout: 1000, ...more }
  // The two versions name the same methods; where the test uses them, one type serves both.
  return new Anthropic0(options) as unknown as Anthropic1
}

/** Ids that are one segment of a path only if they are encoded as they must be. */
const nastyIds = [
  Array.from({ length: 128 }, (_, code) => `a${String.fromCharCode(code)}b`),
  Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  ['...', '.a', '..a', 'a.', 'a/..', '../models', './x', 'a/./b', '//x', '\\..\\', '..\\x'],
  ['%', '%2e', '%2E%2e', '%2f', '%252e', '%zz', 'a;b', 'a;v=1', '.,;', 'a?b=c', 'a#b'],
  [' a ', 'a\r\nb: c', '\t', 'é', 'ÿ', '中文', '😀', 'a😀/😀', '\ufeff', '\uffff', 'e\u0301'],
  ['claude-haiku-4-5', "!$&'()*+,=:@~_-", '"<>[]^`{|}', 'constructor', '__proto__'],
]
  .flat()
  .filter((id) => id !== '.' && id !== ';')

async function idsOf(list: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  const found: string[] = []
  for await (const { id } of list) found.push(id)
  return found
}

describe.each(sdks)('$name', ({ sdk, client }) => {
  test('lists the current models, newest first', async () => {
    const page = await client().models.list()
    expect(page.data.map(({ id }) => id)).toEqual(current)
    expect(page.has_more).toBe(false)
  })

  test('has 20 models on a page unless told', async () => {
    await standIn.misbehave({ fault: 'model-crowd', times: '4' })
    const page = await client().models.list()
    expect(page.data).toHaveLength(20)
    expect(page.has_more).toBe(true)
    expect(await idsOf(client().models.list())).toHaveLength(30 + current.length)
    expect(await standIn.calls()).toBe(4)
  })

  test.each([1, 2, 5, 1000])('pages forwards at a limit of %i', async (limit) => {
    expect(await idsOf(client().models.list({ limit }))).toEqual(current)
  })

  test.each([1, 2, 5, 1000])('pages backwards at a limit of %i', async (limit) => {
    const before_id = ids.at(-1)!
    const found: string[] = []
    for await (const page of (await client().models.list({ limit, before_id })).iterPages()) {
      found.unshift(...page.data.map(({ id }) => id))
    }
    expect(found).toEqual(current)
  })

  test('filters by lifecycle, in its own spelling', async () => {
    const query = { lifecycle: ['retired', 'deprecated'] as const }
    const found = await idsOf(client().models.list({ limit: 2 }, { query: { limit: 2, ...query } }))
    expect(found).toEqual(
      models.filter(({ lifecycle }) => lifecycle !== 'active').map(({ id }) => id),
    )
  })

  test('gets a model by its id, with every field', async () => {
    for (const model of models) {
      expect(await client().models.retrieve(model.id)).toEqual(model)
    }
  })

  test('gets a model by an alias', async () => {
    for (const [alias, id] of aliases) {
      expect((await client().models.retrieve(alias)).id).toBe(id)
    }
  })

  test.each([
    [400, 'BadRequestError'],
    [401, 'AuthenticationError'],
    [403, 'PermissionDeniedError'],
    [404, 'NotFoundError'],
    [429, 'RateLimitError'],
    [500, 'InternalServerError'],
    [504, 'InternalServerError'],
    [529, 'InternalServerError'],
  ] as const)('knows the status %i as a %s', async (status, errorClass) => {
    await standIn.misbehave({ fault: 'status', status: String(status) })
    const error: unknown = await client()
      .models.list()
      .catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(sdk[errorClass])
    expect(error).toMatchObject({ status, requestID: expect.stringMatching(/^req_\w{24}$/) })
  })

  test('has its errors from the API itself', async () => {
    await expect(client('wrong').models.list()).rejects.toThrow(sdk.AuthenticationError)
    await expect(client().models.list({ limit: 0 })).rejects.toThrow(sdk.BadRequestError)
    await expect(client().models.list({ after_id: 'none' })).rejects.toThrow(sdk.BadRequestError)
    await expect(client().models.retrieve('none')).rejects.toThrow(sdk.NotFoundError)
    await expect(client().models.retrieve('no/such thing?')).rejects.toThrow(
      /model: no\/such thing\?/,
    )
  })

  test('retries what is passing, as told', async () => {
    await standIn.misbehave({ fault: 'status', status: '529', 'retry-after': '0.01', times: '2' })
    const page = await client().models.list({}, { maxRetries: 2 })
    expect(page.data).toHaveLength(current.length)
    expect(await standIn.calls()).toBe(3)
  })

  test('does not retry what x-should-retry calls vain', async () => {
    await standIn.misbehave({ fault: 'status', status: '500', 'should-retry': 'false' })
    const listed = client().models.list({}, { maxRetries: 2 })
    await expect(listed).rejects.toThrow(sdk.InternalServerError)
    expect(await standIn.calls()).toBe(1)
  })

  test('retries what x-should-retry calls worth it', async () => {
    await standIn.misbehave({
      fault: 'status',
      status: '404',
      'should-retry': 'true',
      'retry-after': '0.01',
    })
    const page = await client().models.list({}, { maxRetries: 2 })
    expect(page.data).toHaveLength(current.length)
    expect(await standIn.calls()).toBe(2)
  })

  test('does not retry a 404', async () => {
    const error = client().models.retrieve('none', {}, { maxRetries: 2 })
    await expect(error).rejects.toThrow(sdk.NotFoundError)
    expect(await standIn.calls()).toBe(1)
  })

  test('asks for a model where core does, whatever its id', async () => {
    const asked: string[] = []
    const recording = client(standIn.key, {
      async fetch(url) {
        asked.push(new Request(url).url)
        return Response.json(models[0])
      },
    })
    for (const id of nastyIds) await recording.models.retrieve(id)
    const baseURL = standIn.origin
    expect(asked).toEqual(nastyIds.map((id) => getRequest(id, { baseURL }).url))
    expect(asked).toHaveLength(nastyIds.length)
  })

  test('gives up on slow headers', async () => {
    await standIn.misbehave({ fault: 'slow-headers', ms: '3000' })
    await expect(client().models.list()).rejects.toThrow(sdk.APIConnectionTimeoutError)
  })
})

test("SDK 0.137.0's beta resource lists, too", async () => {
  expect(await idsOf(client0().beta.models.list({ limit: 5 }))).toEqual(current)
})

function refuse(): Promise<never> {
  return Promise.reject(new Error('Nobody planned a request'))
}

test.each(['', '.', '..', ';', ';x', '.;x', '..;x', '..;'])(
  'an id of %j is refused by core and by SDK 1.11.0, and nothing is sent',
  async (id) => {
    expect(() => getRequest(id)).toThrow(ApiError)
    await expect(
      (async () => client1(standIn.key, { fetch: refuse }).models.retrieve(id))(),
    ).rejects.toThrow(/can't be safely passed as a path parameter/)
  },
)
