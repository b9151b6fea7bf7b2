import { Validator } from '@cfworker/json-schema'
import { Validator as OpenApiValidator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { openapi } from '../../src/contract/openapi.ts'
import { departures } from '../contract.ts'
import { useService } from '../started/service.ts'
import { parametersOf, paths, targetsOf } from '../world/targets.ts'

const service = useService()

function ask(target: string): Promise<Response> {
  return fetch(service.origin + target)
}

test('the contract is served, and a public validator finds no fault with it, and would', async () => {
  const served = (await (await ask('/openapi.json')).json()) as object
  expect(served).toEqual(JSON.parse(JSON.stringify(openapi)))
  const validator = new OpenApiValidator()
  expect(await validator.validate({ ...served })).toEqual({ valid: true })
  const broken = { ...served, paths: { models: {} } }
  expect(await validator.validate(broken)).toMatchObject({ valid: false })
})

test('every example is as its schema says', async () => {
  for (const [path, operation] of paths) {
    const { example } = operation
    if (example === undefined) continue
    const url = service.origin + targetsOf(path, operation)[0]
    const { headers } = await fetch(url)
    const answer = { method: 'GET', url, status: 200, headers }
    const isText = typeof example === 'string'
    const body = isText ? example : JSON.stringify(example)
    expect(departures({ ...answer, body })).toEqual([])
    // A text can be any.
    if (isText) continue
    const found = departures({ ...answer, body: '{"type":7}' })
    expect(found, `the schema of ${path} takes anything`).not.toEqual([])
  }
  const { Preflight: _, ...responses } = openapi.components.responses
  const errors = Object.entries(responses)
  expect(errors).toHaveLength(6)
  const schema = { $ref: '#/components/schemas/Error', components: openapi.components }
  for (const [name, response] of errors) {
    const { content } = response as { content: Record<string, { example: unknown }> }
    const example: unknown = JSON.parse(JSON.stringify(content['application/json']?.example))
    const { errors: found } = new Validator(schema, '2020-12', false).validate(example)
    expect([name, found]).toEqual([name, []])
  }
})

/** Everything in a document that is an object. */
function* objectsIn(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof value !== 'object' || value === null) return
  yield value as Readonly<Record<string, unknown>>
  for (const inner of Object.values(value)) yield* objectsIn(inner)
}

// Generators take an object of which nothing is said for one that is always empty.
test('every object of the contract says what is in it, or that anything may be', () => {
  const silent = Array.from(objectsIn(openapi)).filter(
    ({ type, properties, additionalProperties }) =>
      [type].flat().includes('object') && !properties && !additionalProperties,
  )
  expect(silent).toEqual([])
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
    const real = await ask('/health')
    const [headers, body] = [new Headers(real.headers), await real.text()]
    const answer = { method: 'GET', url: real.url, status: 200, headers, body }
    expect(departures(answer)).toEqual([])
    for (const [name, value] of Object.entries(others)) {
      if (value === undefined) headers.delete(name)
      else headers.set(name, value)
    }
    expect(departures({ ...answer, ...changes })).not.toEqual([])
  })
})

test('the guide for language models names all that there is, and nothing else', async () => {
  const guide = await (await ask('/llms.txt')).text()
  const links = Array.from(guide.matchAll(/\]\((\/[^)]*)\)/g), ([, path = '']) => path)
  expect(links.length).toBeGreaterThan(5)
  for (const path of links) expect([path, (await ask(path)).status]).toEqual([path, 200])
  for (const [path, operation] of paths) {
    // Itself, and an address that nobody writes by hand.
    if (path === '/llms.txt' || path.includes(':version')) continue
    expect(guide).toContain(path.replace(/:.*/, ''))
    for (const { name } of parametersOf('query', operation)) expect(guide).toContain(`\`${name}\``)
  }
})
