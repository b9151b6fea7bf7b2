import { listOf } from '@models-edge/testing/upstream'
import { expect, test } from 'vitest'
import { modelText, served, startService } from '../started/service.ts'

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

test('a request that makes the Worker itself fail gets an error of the API, and nothing of ours', async () => {
  await using service = await startService({}, { watched: true })
  const response = await fetch(`${service.origin}/-/odd`)
  expect([response.status, response.headers.get('cache-control')]).toEqual([500, 'no-store'])
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  expect(await response.text()).toMatch(/^\{"type":"error".*The service failed to answer/)
  await service.written('"event":"error"')
  expect(service.output()).toContain('nothing is not defined')
})
