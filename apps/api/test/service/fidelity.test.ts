import { listOf } from '@models-edge/testing/upstream'
import { expect, test } from 'vitest'
import { startService } from '../started/service.ts'
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

const all = [retired, ...current, dormant]
/** What is served, path by path. */
const expected = new Map([
  // The default list leaves out the retired models and nothing else.
  ['/v1/models', listOf([...current, dormant])],
  ['/v1/models?limit=1000', listOf([...current, dormant])],
  [everything, listOf([retired, ...current])],
  ...all.map((model) => {
    const { id } = JSON.parse(model) as { id: string }
    return [`/v1/models/${id}`, model] as const
  }),
])

test.each([Infinity, 2])(
  'what upstream says in pages of %s is served to the byte, also when it comes from KV',
  async (pageSize) => {
    await using service = await startService({ models: all, pageSize })
    const { kv, upstream } = service
    await service.synced()
    await upstream.close()
    await using other = await startWorkerd(kv.origin, upstream.origin)
    for (const { origin } of [service, other]) {
      for (const [path, body] of expected) {
        const response = await fetch(origin + path)
        expect([response.status, await response.text()]).toEqual([200, body])
      }
    }
    expect(upstream.sweeps).toBe(1)
  },
)
