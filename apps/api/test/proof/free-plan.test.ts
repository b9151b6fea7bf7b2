import { expect, test } from 'vitest'
import { startKv } from '../node/kv.ts'
import { startUpstream } from '../node/recorded-upstream.ts'
import { startWorkerd } from '../node/workerd.ts'

/** What an invocation may ask of others there, KV among them. */
const GRANTED = 50

/** Each a page of its own, and each with a name that could be an alias. */
const dated = Array.from(
  { length: 30 },
  (_, index) =>
    `{"type":"model","id":"m-${index}-20250101","display_name":"M","created_at":"2025-01-01T00:00:00Z"}`,
)

test('the costliest sync stays within the free plan: a cold start, many pages, many names, a broken value', async () => {
  await using kv = await startKv()
  kv.values.set('catalog:v1', 'no snapshot')
  kv.values.set('status:v1', '{"reason":"internal","failures":1,"next_at":"2026-01-01T00:00:00Z"}')
  await using upstream = await startUpstream({ models: dated, pageSize: 1 })
  await using workerd = await startWorkerd(kv.origin, upstream.origin)
  const response = await fetch(`${workerd.origin}/v1/models`)
  expect(response.status).toBe(200)
  await response.text()
  expect(kv.requests.toSorted()).toEqual([
    'GET catalog:v1',
    'GET catalog:v1',
    'GET catalog:v1',
    'GET status:v1',
    'PUT catalog:v1',
    'PUT catalog:v1:unreadable',
    'PUT status:v1',
  ])
  expect(upstream.requests.length).toBeGreaterThan(dated.length)
  expect(kv.requests.length + upstream.requests.length).toBeLessThanOrEqual(GRANTED)
})

test('so does one that finds nothing, and looks at the list of keys', async () => {
  await using kv = await startKv()
  kv.values.set('status:v1', '{"reason":"internal","failures":1,"next_at":"2026-01-01T00:00:00Z"}')
  await using upstream = await startUpstream({ models: dated, pageSize: 1 })
  await using workerd = await startWorkerd(kv.origin, upstream.origin)
  await (await fetch(`${workerd.origin}/v1/models`)).text()
  expect(kv.requests).toContain('GET ')
  expect(kv.values.has('catalog:v1')).toBe(true)
  expect(kv.requests.length + upstream.requests.length).toBeLessThanOrEqual(GRANTED)
})
