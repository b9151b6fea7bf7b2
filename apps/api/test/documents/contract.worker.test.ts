import { Validator } from '@cfworker/json-schema'
import { describe, expect, test } from 'vitest'
import { openapi } from '../../src/contract/openapi.ts'
import type { Operation } from '../../src/contract/operation.ts'
import { operations } from '../../src/contract/operations.ts'
import { departures } from '../contract.ts'
import { ask, bodyOf, isolate, stage, synced } from '../world/world.worker.ts'

stage()

test('every path of the contract is there, and no other', async () => {
  const service = await synced()
  for (const path of Object.keys(operations)) {
    const { status } = await ask(service, path.replace(/:\w+/, 'claude-opus-5'))
    expect([path, status]).toEqual([path, path.includes(':version') ? 404 : 200])
  }
  expect((await ask(service, '/v1')).status).toBe(404)
})

test('the service serves it', async () => {
  const response = await ask(isolate(), '/openapi.json')
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(await response.json()).toEqual(JSON.parse(JSON.stringify(openapi)))
})

test('every parameter is understood, and those of a path are named in it', async () => {
  const service = await synced()
  for (const [path, { parameters = [] }] of Object.entries<Operation>(operations)) {
    for (const parameter of parameters as { name: string; in: string; schema: object }[]) {
      if (parameter.in === 'path') expect(path).toContain(`:${parameter.name}`)
      if (parameter.in !== 'query') continue
      const bad = await ask(service, `${path}?${parameter.name}=%00`)
      expect([parameter.name, bad.status]).toEqual([parameter.name, 400])
    }
  }
})

test('every example is as its schema says', async () => {
  const service = await synced()
  const examples = Object.entries(openapi.components.responses).map(([name, response]) => {
    const { content } = response as { content: Record<string, { example: unknown }> }
    return [Number(name.slice(5)), content['application/json']!.example] as const
  })
  expect(examples.map(([status]) => status)).toEqual([400, 404, 405, 410, 500, 503])
  for (const [path, { example, type }] of Object.entries<Operation>(operations)) {
    if (example === undefined) continue
    const url = `https://models.test${path.replace(/:\w+/, 'x')}`
    const real = await ask(service, path.replace(/:\w+/, 'claude-haiku-4-5'))
    expect(type).toBe('application/json')
    const answer = { method: 'GET', url, status: 200, headers: real.headers }
    expect(departures({ ...answer, body: JSON.stringify(example) })).toEqual([])
    expect(departures({ ...answer, body: '{"type":7}' })).not.toEqual([])
  }
  for (const [status, example] of examples) {
    const schema = { $ref: '#/components/schemas/Error', components: openapi.components }
    const { errors } = new Validator(schema, '2020-12', false).validate(
      JSON.parse(JSON.stringify(example)),
    )
    expect([status, errors]).toEqual([status, []])
  }
})

describe('what the contract does not say is found', () => {
  const answer = {
    method: 'GET',
    url: 'https://models.test/health',
    status: 200,
    body: JSON.stringify(operations['/health'].example),
  }
  const headers = {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'ETag',
    'cross-origin-resource-policy': 'cross-origin',
    'timing-allow-origin': '*',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'content-type': 'application/json',
    'request-id': 'req_011CNyVY9MGmxuRkEHrVfpDg',
  }
  const found = (changes: object, other: Record<string, string> = {}) =>
    departures({ ...answer, headers: new Headers({ ...headers, ...other }), ...changes })

  test('and nothing else', () => expect(found({})).toEqual([]))
  test.each([
    ['a status', { status: 418 }, {}],
    ['a header that nothing has', {}, { 'x-powered-by': 'x' }],
    ['a header', {}, { etag: '"0123456789abcdef0123456789abcdef"' }],
    ['the value of a header', {}, { 'request-id': 'req_1' }],
    ['a content type', {}, { 'content-type': 'text/plain' }],
    ['a body', { body: '{"status":"fine"}' }, {}],
    ['a path', { url: 'https://models.test/healthy' }, {}],
    ['a method', { method: 'PATCH' }, {}],
    ['a missing header', { headers: new Headers({ 'content-type': 'application/json' }) }, {}],
    ['the body of a HEAD', { method: 'HEAD' }, {}],
  ])('%s', (_, changes, other) => {
    expect(found(changes, other)).not.toEqual([])
  })
})

describe('the guide for language models', () => {
  test('names only what there is', async () => {
    const service = await synced()
    const response = await ask(service, '/llms.txt')
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    const guide = await response.text()
    expect(guide).toMatch(/^# models-edge\n\n> /)
    const links = [...guide.matchAll(/\]\((\/[^)]*)\)/g)].map(([, path]) => path!)
    expect(links.length).toBeGreaterThan(5)
    for (const path of links) expect((await ask(service, path)).status).toBe(200)
  })

  test('names every path and every parameter', async () => {
    const guide = await (await ask(isolate(), '/llms.txt')).text()
    for (const path of Object.keys(operations)) {
      // Itself, and an address that nobody writes by hand.
      if (path === '/llms.txt' || path.includes(':version')) continue
      expect(guide).toContain(path.replace(/:.*/, ''))
    }
    const { paths: documented } = await bodyOf<{ paths: Record<string, unknown> }>(
      ask(isolate(), '/openapi.json'),
    )
    const names = JSON.stringify(documented).matchAll(/"name":"([^"]+)","in":"query"/g)
    for (const [, name] of names) expect(guide).toContain(`\`${name}\``)
  })
})
