import { listOf } from '@models-edge/testing/upstream'
import { expect, test } from 'vitest'
import { modelText, served, startService } from '../started/service.ts'
import { startWorkerd } from '../started/workerd.ts'

const models = [modelText('claude-b-1'), modelText('claude-a-1')]

test('500 requests at once that find nothing cost one sweep and one write, and all are answered', async () => {
  const asked = Promise.withResolvers<undefined>()
  await using service = await startService({ models, instead: () => asked.promise })
  const { kv, origin, upstream } = service
  const answers = Array.from({ length: 500 }, () => served(`${origin}/v1/models`))
  // Upstream is slow: all of them are on their way before it answers.
  asked.resolve(undefined)
  expect(new Set(await Promise.all(answers))).toEqual(new Set([listOf(models)]))
  expect(upstream.requests).toHaveLength(1)
  await service.synced()
  expect(kv.requests.filter((request) => request.startsWith('PUT'))).toEqual(['PUT catalog:v2'])
  // Nothing is logged but that sync, and workerd has nothing to complain of.
  expect(service.output().trim().split('\n')).toEqual([
    expect.stringMatching(/"outcome":"written"/),
  ])
})

test('a Keeper of other code is missed only where KV has nothing, and there a client is told so', async () => {
  const keeper = `import { DurableObject } from 'cloudflare:workers'
    export class Keeper extends DurableObject {}`
  await using before = await startService({ models })
  const { kv, upstream } = before
  await before.synced()
  const { length } = upstream.requests

  await using filled = await startWorkerd(kv.origin, upstream.origin, { keeper })
  expect(await served(`${filled.origin}/v1/models`)).toBe(listOf(models))
  expect(filled.output()).toBe('')

  kv.instead = () => 500
  await using empty = await startWorkerd(kv.origin, upstream.origin, { keeper })
  expect((await fetch(`${empty.origin}/v1/models`)).status).toBe(503)
  const health = await (await fetch(`${empty.origin}/health`)).json()
  expect(health).toMatchObject({ status: 'down', models: 0 })
  expect(upstream.requests).toHaveLength(length)
})

test('a request that makes the Worker itself fail gets an error of the API, and nothing of ours', async () => {
  await using service = await startService({}, { watched: true })
  const response = await fetch(`${service.origin}/-/odd`)
  expect([response.status, response.headers.get('cache-control')]).toEqual([500, 'no-store'])
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  expect(await response.text()).toMatch(/^\{"type":"error".*The service failed to answer/)
  await service.written('"event":"error"')
  expect(service.output()).toContain('nothing is not defined')
})
