import { expect, test } from 'vitest'
import { type Kv, startKv } from '@models-edge/testing/kv'
import { listOf, startUpstream } from '../started/recorded-upstream.ts'
import { startWorkerd } from '../started/workerd.ts'

const everything =
  '/v1/models?limit=1000&lifecycle[]=active&lifecycle[]=deprecated&lifecycle[]=retired'

/** What a parser would lose: numbers, escapes, the order of keys, fields that nobody knows yet. */
const current = [
  '{"type":"model","id":"claude-odd-6","display_name":"Odd \\u0041\\/\\ud83d\\ude00 é 😀 \\"}],[{\\\\","created_at":"2026-11-01T00:00:00Z","line":"sonata","max_input_tokens":1e6,"max_tokens":128000.0,"capabilities":{"10":{"supported":true},"9":{"supported":false},"batch":null,"__proto__":{"supported":true},"thinking":{"supported":true,"types":{}}},"lifecycle":"active","deprecated_at":null,"retires_at":null,"price":{"input":0.30000000000000004,"big":12345678901234567890,"small":-0,"tiny":1E-7},"data":[{"id":"not-a-model"}],"":[[],[null]]}',
  '{"type":"model","id":"claude-four-3","display_name":"Claude Four","created_at":"1970-01-01T00:00:00Z"}',
  '{"id":"claude-order-5","type":"model","created_at":"2025-09-29T00:00:00.000000Z","display_name":"","retires_at":"2026-11-30T00:00:00Z","deprecated_at":"2026-09-30T00:00:00Z","lifecycle":"deprecated"}',
  '{"type":"model","id":"claude-null-5","display_name":"Null","created_at":"2025-07-01T00:00:00+00:00","line":null,"max_input_tokens":null,"max_tokens":null,"capabilities":null,"lifecycle":null,"deprecated_at":null,"retires_at":null}',
]
/** A filter can only name what it knows, so this one is in the default list alone. */
const dormant =
  '{"type":"model","id":"claude-later-5","display_name":"Later","created_at":"2025-08-01T00:00:00Z","lifecycle":"dormant"}'
const retired =
  '{"type":"model","id":"claude-3-haiku-20240307","display_name":"Claude Haiku 3","created_at":"2024-03-07T00:00:00Z","lifecycle":"retired","deprecated_at":"2026-02-19T00:00:00Z","retires_at":"2026-04-20T00:00:00Z"}'

/** The bodies of these paths, from a workerd that finds this in KV and that upstream. */
async function bodies(kv: Kv, upstream: string, paths: readonly string[]): Promise<string[]> {
  await using workerd = await startWorkerd(kv.origin, upstream)
  await workerd.answers()
  const answers: string[] = []
  for (const path of paths) {
    const response = await fetch(workerd.origin + path)
    expect(response.status).toBe(200)
    answers.push(await response.text())
  }
  return answers
}

test('the list of all lifecycles is the recorded one, to the byte', async () => {
  const models = [...current, retired]
  await using kv = await startKv()
  await using upstream = await startUpstream({ models })
  expect(await bodies(kv, upstream.origin, [everything])).toEqual([listOf(models)])
})

test('the default list is the recorded one, to the byte, where nothing is retired', async () => {
  await using kv = await startKv()
  const models = [...current, dormant]
  await using upstream = await startUpstream({ models })
  const lists = await bodies(kv, upstream.origin, ['/v1/models', '/v1/models?limit=1000'])
  expect(lists).toEqual([listOf(models), listOf(models)])
})

test('the default list leaves out the retired models and nothing else', async () => {
  await using kv = await startKv()
  await using upstream = await startUpstream({ models: [retired, ...current] })
  expect(await bodies(kv, upstream.origin, ['/v1/models'])).toEqual([listOf(current)])
})

test('a list that comes in pages is the same list', async () => {
  const models = [...current, retired]
  await using kv = await startKv()
  await using upstream = await startUpstream({ models, pageSize: 2 })
  expect(await bodies(kv, upstream.origin, [everything])).toEqual([listOf(models)])
  expect(upstream.requests.length).toBeGreaterThanOrEqual(3)
})

test('each model alone is the text that it is in the list', async () => {
  const paths = current.map((model) => `/v1/models/${(JSON.parse(model) as { id: string }).id}`)
  await using kv = await startKv()
  await using upstream = await startUpstream({ models: current })
  expect(await bodies(kv, upstream.origin, paths)).toEqual(current)
})

test('what has been in KV is still the same to the byte', async () => {
  await using kv = await startKv()
  const upstream = await startUpstream({ models: current })
  const first = await bodies(kv, upstream.origin, ['/v1/models'])
  await upstream.close()
  expect(await bodies(kv, upstream.origin, ['/v1/models'])).toEqual(first)
})
