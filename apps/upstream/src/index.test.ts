import { afterEach, expect, test } from 'vitest'
import worker from './index.ts'

const headers = { 'x-api-key': 'stand-in-key', 'anthropic-version': '2023-06-01' }

async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const request = new Request(`http://upstream.test${path}`, { headers, ...init })
  return worker.fetch(request, { API_KEY: 'stand-in-key' })
}

async function plan(fault: string): Promise<void> {
  const { body, status } = await ask(`/stand-in/faults?fault=${fault}`, { method: 'POST' })
  expect([status, body]).toEqual([204, null])
}

afterEach(() => ask('/stand-in/reset', { method: 'POST' }))

test.each([
  ['GET', '/v1/other', 404, 'not_found_error', 'Not found'],
  ['POST', '/v1/models', 405, 'invalid_request_error', 'Method Not Allowed'],
  ['POST', '/v1/models/any', 405, 'invalid_request_error', 'Method Not Allowed'],
])('%s %s is a %i, as the API writes it', async (method, path, status, type, message) => {
  const response = await ask(path, { method })
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({ type: 'error', error: { type, message } })
})

test('a preflight is answered on every path, without a key', async () => {
  const asked = { 'access-control-request-headers': 'anthropic-dangerous-direct-browser-access' }
  for (const path of ['/v1/models', '/v1/models/any']) {
    const { status } = await ask(path, { method: 'OPTIONS', headers: asked })
    expect(status).toBe(200)
  }
})

test.each([
  ['/v1/models', 200],
  ['/v1/models/claude-haiku-4-5', 200],
  ['/v1/models/none', 404],
  ['/v1/models?after_id=none', 400],
])('faults come in place of whatever %s would answer', async (path, normal) => {
  for (const fault of ['status&status=529&times=2', 'html', 'edge-block', 'redirect']) {
    await plan(fault)
  }
  // Those whom the API does not know never come so far.
  expect((await ask(path, { headers: {} })).status).toBe(401)
  const statuses = []
  for (let call = 0; call < 6; call += 1) statuses.push((await ask(path)).status)
  expect(statuses).toEqual([529, 529, 502, 403, 302, normal])
})

test('the clock is moved by a link, and put back by the reset', async () => {
  const alias = '/v1/models/claude-sonnet-4-5'
  expect((await ask('/stand-in/clock?at=2026-11-30')).status).toBe(204)
  expect((await ask(alias)).status).toBe(404)
  const model = await (await ask(`${alias}-20250929`)).json()
  expect(model).toMatchObject({ lifecycle: 'retired' })
  expect(await (await ask('/v1/models')).text()).not.toContain('claude-sonnet-4-5')
  expect((await ask('/stand-in/clock?at=soon')).status).toBe(400)
  await ask('/stand-in/reset', { method: 'POST' })
  expect((await ask(alias)).status).toBe(200)
})

test('calls of the API are counted until the reset, which forgets the plans, too', async () => {
  await plan('html&times=Infinity')
  for (const path of ['/v1/models', '/v1/models/none']) await ask(path)
  expect(await (await ask('/stand-in')).json()).toEqual({ calls: 2 })
  expect((await ask('/stand-in/reset', { method: 'POST' })).status).toBe(204)
  expect(await (await ask('/stand-in')).json()).toEqual({ calls: 0 })
  expect((await ask('/v1/models')).status).toBe(200)
})
