import { Validator } from '@cfworker/json-schema'
import { describe, expect, test } from 'vitest'
import { openapi } from '../../src/contract/openapi.ts'
import type { Operation } from '../../src/contract/operation.ts'
import { operations } from '../../src/contract/operations.ts'
import { departures } from '../contract.ts'
import { ask, isolate, stage, synced } from '../world/world.worker.ts'

stage()

interface Parameter {
  readonly name: string
  readonly in: string
}

const described = Object.entries<Operation>(operations)
const parametersOf = ({ parameters = [] }: Operation) => parameters as readonly Parameter[]

test('the service serves the contract', async () => {
  const served = await (await ask(isolate(), '/openapi.json')).json()
  expect(served).toEqual(JSON.parse(JSON.stringify(openapi)))
})

test('every parameter is understood, and those of a path are named in it', async () => {
  const service = await synced()
  for (const [path, operation] of described) {
    for (const parameter of parametersOf(operation)) {
      if (parameter.in === 'path') expect(path).toContain(`:${parameter.name}`)
      if (parameter.in !== 'query') continue
      const { status } = await ask(service, `${path}?${parameter.name}=%00`)
      expect([parameter.name, status]).toEqual([parameter.name, 400])
    }
  }
})

test('every example is as its schema says', async () => {
  const service = await synced()
  for (const [path, { example }] of described) {
    if (example === undefined) continue
    const { headers } = await ask(service, path.replace(/:\w+/, 'claude-haiku-4-5'))
    const url = `https://models.test${path.replace(/:\w+/, 'x')}`
    const answer = { method: 'GET', url, status: 200, headers }
    expect(departures({ ...answer, body: JSON.stringify(example) })).toEqual([])
    expect(departures({ ...answer, body: '{"type":7}' })).not.toEqual([])
  }
  const errors = Object.entries(openapi.components.responses)
  expect(errors).toHaveLength(6)
  const schema = { $ref: '#/components/schemas/Error', components: openapi.components }
  for (const [name, response] of errors) {
    const { content } = response as { content: Record<string, { example: unknown }> }
    const example: unknown = JSON.parse(JSON.stringify(content['application/json']?.example))
    const { errors: found } = new Validator(schema, '2020-12', false).validate(example)
    expect([name, found]).toEqual([name, []])
  }
})

describe('what the contract does not say is found', () => {
  test.each<[string, object, Record<string, string | undefined>]>([
    ['a status', { status: 418 }, {}],
    ['a header that nothing has', {}, { 'x-powered-by': 'x' }],
    ['a header of other answers', {}, { etag: '"0123456789abcdef0123456789abcdef"' }],
    ['the value of a header', {}, { 'request-id': 'req_1' }],
    ['a missing header', {}, { 'access-control-allow-origin': undefined }],
    ['a content type', {}, { 'content-type': 'text/plain' }],
    ['a body', { body: '{"status":"fine"}' }, {}],
    ['the body of a HEAD', { method: 'HEAD' }, {}],
    ['a path', { url: 'https://models.test/healthy' }, {}],
    ['a method', { method: 'PATCH' }, {}],
  ])('%s', async (_, changes, others) => {
    const real = await ask(await synced(), '/health')
    const [headers, body] = [new Headers(real.headers), await real.text()]
    const answer = { method: 'GET', url: 'https://models.test/health', status: 200, headers, body }
    expect(departures(answer)).toEqual([])
    for (const [name, value] of Object.entries(others)) {
      if (value === undefined) headers.delete(name)
      else headers.set(name, value)
    }
    expect(departures({ ...answer, ...changes })).not.toEqual([])
  })
})

test('the guide for language models names all that there is, and nothing else', async () => {
  const service = await synced()
  const guide = await (await ask(service, '/llms.txt')).text()
  const links = Array.from(guide.matchAll(/\]\((\/[^)]*)\)/g), ([, path = '']) => path)
  expect(links.length).toBeGreaterThan(5)
  for (const path of links) expect([path, (await ask(service, path)).status]).toEqual([path, 200])
  for (const [path, operation] of described) {
    // Itself, and an address that nobody writes by hand.
    if (path === '/llms.txt' || path.includes(':version')) continue
    expect(guide).toContain(path.replace(/:.*/, ''))
    for (const { name, in: where } of parametersOf(operation)) {
      if (where === 'query') expect(guide).toContain(`\`${name}\``)
    }
  }
})
