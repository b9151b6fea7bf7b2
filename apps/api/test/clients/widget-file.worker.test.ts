import { expect, test } from 'vitest'
import { ask, isolate, kvWith, stage, upstream } from '../world/world.worker.ts'

stage()

test("the widget's file needs neither upstream nor KV", async () => {
  const service = isolate({
    CATALOG: kvWith({ get: () => Promise.reject(new Error('KV is down')) }),
  })
  const response = await ask(service, '/widget.js')
  expect([response.status, await response.text()]).toEqual([
    200,
    expect.stringContaining('customElements'),
  ])
  expect(upstream.calls).toEqual([])
})

test("the widget's file of an earlier release is still there, and nothing else of the assets", async () => {
  const asked: string[] = []
  const ASSETS = {
    fetch(url: string) {
      asked.push(url)
      const found = url.endsWith('/widget/0.1.0-abcd/widget.js')
      return Promise.resolve(new Response('// earlier', { status: found ? 200 : 404 }))
    },
  }
  const service = isolate({ ASSETS })
  const kept = await ask(service, '/widget/0.1.0-abcd/widget.js')
  expect([kept.status, await kept.text()]).toEqual([200, '// earlier'])
  expect(kept.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(kept.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  for (const odd of ['0.2.0-abcd', 'latest', '0%2F..%2Fx', '0?x', `0${'1'.repeat(64)}`]) {
    expect([odd, (await ask(service, `/widget/${odd}/widget.js`)).status]).toEqual([odd, 404])
  }
  expect(asked).toHaveLength(2)
})
