import { expect, test } from 'vitest'
import { models } from './catalogue.ts'
import { serveList, serveModel } from './serve.ts'

const KEY = 'stand-in-key'
const headers = { 'x-api-key': KEY, 'anthropic-version': '2023-06-01' }

async function list(init: RequestInit, query = ''): Promise<Response> {
  return serveList(new Request(`http://upstream.test/v1/models?${query}`, init), KEY)
}

test('the list is compact, its keys in the order of the API, without retired models', async () => {
  const data = models.filter(({ lifecycle }) => lifecycle !== 'retired')
  const body = { data, has_more: false, first_id: data[0]?.id, last_id: data.at(-1)?.id }
  expect(await (await list({ headers })).text()).toBe(JSON.stringify(body))
})

test('the credentials are looked at before the query', async () => {
  await expect(list({}, 'limit=0')).rejects.toThrow('x-api-key header is required')
  expect((await list({ headers }, 'limit=0')).status).toBe(400)
})

test.each([
  ['claude-opus-4-latest', 'claude-opus-4-latest'],
  ['..%2Fmodels', '../models'],
  ['%00', '\0'],
  ['%', '%'],
])('%s is no model, and named as %j', async (id, name) => {
  const request = new Request('http://upstream.test/v1/models/it', { headers })
  const response = await serveModel(request, id, KEY)
  expect(response.status).toBe(404)
  const error = { type: 'not_found_error', message: `model: ${name}` }
  expect(await response.json()).toMatchObject({ error })
})
