import { exports } from 'cloudflare:workers'
import { afterEach, expect, test } from 'vitest'

const headers = { 'x-api-key': 'stand-in-key', 'anthropic-version': '2023-06-01' }
const welcome = { headers, redirect: 'manual' } as const

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return exports.default.fetch(`http://upstream.test${path}`, { ...welcome, ...init })
}

async function plan(fault: string): Promise<void> {
  expect((await ask(`/stand-in/faults?fault=${fault}`, { method: 'POST' })).status).toBe(204)
}

afterEach(() => ask('/stand-in/reset', { method: 'POST' }))

test.each([
  ['GET', '/v1/other', 404],
  ['POST', '/v1/models', 405],
  ['POST', '/v1/models/any', 405],
  ['OPTIONS', '/v1/models', 400],
])('%s %s is answered with %i', async (method, path, status) => {
  expect((await ask(path, { method })).status).toBe(status)
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
  const statuses = []
  for (let call = 0; call < 6; call += 1) statuses.push((await ask(path)).status)
  expect(statuses).toEqual([529, 529, 502, 403, 302, normal])
})

test('a fault is kept for those whom the API knows', async () => {
  await plan('status&status=529')
  expect((await ask('/v1/models', { headers: {} })).status).toBe(401)
  expect((await ask('/v1/models')).status).toBe(529)
})

test('calls of the API are counted until the reset, which forgets the plans, too', async () => {
  await plan('html&times=Infinity')
  for (const path of ['/v1/models', '/v1/models/none']) await ask(path)
  expect(await (await ask('/stand-in')).json()).toEqual({ calls: 2 })
  expect((await ask('/stand-in/reset', { method: 'POST' })).status).toBe(204)
  expect(await (await ask('/stand-in')).json()).toEqual({ calls: 0 })
  expect((await ask('/v1/models')).status).toBe(200)
})
