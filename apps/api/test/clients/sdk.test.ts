import { startKv } from '@models-edge/testing/kv'
import { connect, sdks, testSdks, thrownBy, walked } from '@models-edge/testing/sdk-suite'
import OpenAI, { NotFoundError } from 'openai'
import { beforeAll, expect, test } from 'vitest'
import { useService } from '../started/service.ts'
import { aliases, models, useStandIn } from '../started/stand-in.ts'
import { startWorkerd } from '../started/workerd.ts'

const standIn = useStandIn()
const service = Object.assign(useService({ upstream: () => standIn.origin }), {
  key: 'any',
  models,
  aliases,
})
const current = models.filter(({ lifecycle }) => lifecycle !== 'retired').map(({ id }) => id)

beforeAll(() => service.tick())

testSdks(service, [
  [
    'what else the API can do',
    (api) => api.messages.create({ model: 'any', max_tokens: 1, messages: [] }),
    405,
    'Method Not Allowed',
  ],
])

test.each(sdks)('$name throws where there is nothing to serve, and may retry', async ({ Sdk }) => {
  await using kv = await startKv()
  await using empty = await startWorkerd(kv.origin, 'http://127.0.0.1:1')
  const error = await thrownBy(connect(Sdk, { key: 'any', origin: empty.origin }).models.list())
  expect(error).toBeInstanceOf(Sdk.InternalServerError)
  expect(error).toMatchObject({ status: 503, error: { error: { type: 'api_error' } } })
  const { headers } = error as { readonly headers: Headers }
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
})

test("OpenAI's client lists each model once, gets one, and throws for an unknown one", async () => {
  const api = new OpenAI({ apiKey: 'any', baseURL: `${service.origin}/v1`, maxRetries: 0 }).models
  expect(await walked(api.list())).toEqual(current)
  expect(await api.retrieve(models[0]!.id)).toEqual(models[0])
  const error = await thrownBy(api.retrieve('claude-none'))
  expect(error).toBeInstanceOf(NotFoundError)
  expect(error).toMatchObject({ message: '404 model: claude-none' })
})

test("Claude Code's gateway discovery gets the whole list, and no redirect", async () => {
  const response = await fetch(`${service.origin}/v1/models?limit=1000`, {
    headers: { authorization: 'Bearer any', 'anthropic-version': '2023-06-01' },
    redirect: 'error',
  })
  const { data, has_more } = (await response.json()) as { data: unknown[]; has_more: boolean }
  expect([response.status, data.length, has_more]).toEqual([200, current.length, false])
})
