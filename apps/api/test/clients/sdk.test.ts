import { connect, sdks, testSdks, thrownBy, walked } from '@models-edge/testing/sdk-suite'
import { startKv } from '@models-edge/testing/kv'
import OpenAI, { NotFoundError } from 'openai'
import { beforeAll, describe, expect, test } from 'vitest'
import { useService } from '../started/service.ts'
import { aliases, models, useStandIn } from '../started/stand-in.ts'
import { startWorkerd } from '../started/workerd.ts'

const standIn = useStandIn()
const service = Object.assign(useService({ upstream: () => standIn.origin }), {
  key: 'any',
  models,
  aliases,
})
const current = models.filter(({ lifecycle }) => lifecycle !== 'retired')

beforeAll(() => service.tick())

testSdks(service, [
  [
    'what else the API can do',
    (api) => api.messages.create({ model: 'any', max_tokens: 1, messages: [] }),
    405,
    'Method Not Allowed',
  ],
])

describe.each(sdks)('$name', ({ Sdk }) => {
  test('is told the ids that are near to one that does not exist', async () => {
    const { id } = current[0]!
    const error = await thrownBy(connect(Sdk, service).models.retrieve(id.slice(0, -1)))
    expect(error).toMatchObject({
      error: { error: { details: { suggestions: expect.arrayContaining([id]) } } },
    })
  })

  test('throws where there is nothing to serve, and is told when to retry', async () => {
    await using kv = await startKv()
    await using empty = await startWorkerd(kv.origin, 'http://127.0.0.1:1')
    const error = await thrownBy(connect(Sdk, { key: 'any', origin: empty.origin }).models.list())
    expect(error).toBeInstanceOf(Sdk.InternalServerError)
    expect(error).toMatchObject({ status: 503, error: { error: { type: 'api_error' } } })
    const { headers } = error as { readonly headers: Headers }
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  })
})

function connectOpenAI(): OpenAI {
  return new OpenAI({ apiKey: 'any', baseURL: `${service.origin}/v1`, maxRetries: 0 })
}

describe("OpenAI's client", () => {
  test('lists each model once', async () => {
    expect(await walked(connectOpenAI().models.list())).toEqual(current.map(({ id }) => id))
  })

  test('gets a model, and throws for an unknown one', async () => {
    expect(await connectOpenAI().models.retrieve(models[0]!.id)).toEqual(models[0])
    const error = await thrownBy(connectOpenAI().models.retrieve('claude-none'))
    expect(error).toBeInstanceOf(NotFoundError)
    expect(error).toMatchObject({ message: '404 model: claude-none' })
  })
})

test("Claude Code's gateway discovery gets the whole list, and no redirect", async () => {
  const response = await fetch(`${service.origin}/v1/models?limit=1000`, {
    headers: { authorization: 'Bearer any', 'anthropic-version': '2023-06-01' },
    redirect: 'error',
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  const { data, has_more } = (await response.json()) as { data: unknown[]; has_more: boolean }
  expect(data).toHaveLength(current.length)
  expect(has_more).toBe(false)
})
