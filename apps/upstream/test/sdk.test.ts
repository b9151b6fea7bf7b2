import Anthropic1 from '@anthropic-ai/sdk'
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

function client1(apiKey = standIn.key): Anthropic1 {
  return new Anthropic1({ apiKey, baseURL: standIn.origin, maxRetries: 0, timeout: 1000 })
}

function client0(apiKey = standIn.key): Anthropic1 {
  const options = { apiKey, baseURL: standIn.origin, maxRetries: 0, timeout: 1000 }
  // The two versions name the same methods; where the test uses them, one type serves both.
  return new Anthropic0(options) as unknown as Anthropic1
}

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

  test('does not retry a 404', async () => {
    const error = client().models.retrieve('none', {}, { maxRetries: 2 })
    await expect(error).rejects.toThrow(sdk.NotFoundError)
    expect(await standIn.calls()).toBe(1)
  })

  test('gives up on slow headers', async () => {
    await standIn.misbehave({ fault: 'slow-headers', ms: '3000' })
    await expect(client().models.list()).rejects.toThrow(sdk.APIConnectionTimeoutError)
  })
})

test("SDK 0.137.0's beta resource lists, too", async () => {
  expect(await idsOf(client0().beta.models.list({ limit: 5 }))).toEqual(current)
})
