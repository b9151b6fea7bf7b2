import { connect, sdks, testSdks, thrownBy, walked } from '@models-edge/testing/sdk-suite'
import OpenAI, { NotFoundError } from 'openai'
import { aliases, models } from '@models-edge/upstream/catalogue'
import { expect, test } from 'vitest'
import { currentIds, startService, useService } from '../started/service.ts'

const service = Object.assign(useService(), { key: 'any', models, aliases })

testSdks(service, [
  [
    'what else the API can do',
    (api) => api.messages.create({ model: 'any', max_tokens: 1, messages: [] }),
    405,
    'Method Not Allowed',
  ],
])

test.each(sdks)('$name throws where there is nothing to serve, and may retry', async ({ Sdk }) => {
  await using empty = await startService({ instead: () => ({ status: 529 }) })
  const error = await thrownBy(connect(Sdk, { key: 'any', origin: empty.origin }).models.list())
  expect(error).toBeInstanceOf(Sdk.InternalServerError)
  expect(error).toMatchObject({ status: 503, error: { error: { type: 'api_error' } } })
  const { headers } = error as { readonly headers: Headers }
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
})

test("OpenAI's client lists each model once, gets one, and throws for an unknown one", async () => {
  const api = new OpenAI({ apiKey: 'any', baseURL: `${service.origin}/v1`, maxRetries: 0 }).models
  expect(await walked(api.list())).toEqual(currentIds)
  expect(await api.retrieve(models[0]!.id)).toEqual(models[0])
  const error = await thrownBy(api.retrieve('claude-none'))
  expect(error).toBeInstanceOf(NotFoundError)
  expect(error).toMatchObject({ message: '404 model: claude-none' })
})
