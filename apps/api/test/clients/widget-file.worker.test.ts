import { describe, expect, test } from 'vitest'
import { integrityOf } from '../../src/http/integrity.ts'
import { ask, isolate, kvWith, stage, synced, upstream } from '../world/world.worker.ts'

stage()

describe("the widget's file", () => {
  const script = 'text/javascript; charset=utf-8'

  test('has an address that always has the newest', async () => {
    const response = await ask(isolate(), '/widget.js')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(script)
    expect(response.headers.get('cache-control')).toBe(
      'public, max-age=300, stale-while-revalidate=600, stale-if-error=86400',
    )
    expect(await response.text()).toContain('customElements')
    const etag = response.headers.get('etag')!
    const again = await ask(isolate(), '/widget.js', { headers: { 'if-none-match': etag } })
    expect(again.status).toBe(304)
    const since = await ask(isolate(), '/widget.js', {
      headers: { 'if-modified-since': 'Fri, 20 Nov 2099 12:00:00 GMT' },
    })
    expect(since.status).toBe(200)
  })

  test('has one that never changes, which the page shows with its hash', async () => {
    const page = await (await ask(await synced(), '/')).text()
    const [, path, hash] = /<\/span>(\/widget\/.+?)&quot;\s+integrity=&quot;(.+?)&quot;/.exec(page)!
    const response = await ask(isolate(), path!)
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(response.headers.get('content-type')).toBe(script)
    const code = await response.text()
    expect(hash).toBe(await integrityOf(code, 'SHA-384'))
    expect(code).toBe(await (await ask(isolate(), '/widget.js')).text())
  })

  test('is not there in versions that are not here', async () => {
    for (const path of [
      '/widget/0.0.0/widget.js',
      '/widget/9.9.9-12345678/widget.js',
      '/widget/latest/widget.js',
    ]) {
      const response = await ask(isolate(), path)
      expect(response.status).toBe(404)
      const { error } = await response.json<{ error: { message: string } }>()
      expect(error.message).toMatch(
        /^This version of the widget is not here: \/widget\/.+\/widget\.js is/,
      )
    }
  })

  test('of an earlier version is still there', async () => {
    const asked: string[] = []
    const service = isolate({
      ASSETS: {
        fetch(url) {
          asked.push(url)
          const found = url.endsWith('/widget/0.1.0-abcd/widget.js')
          return Promise.resolve(new Response('// earlier', { status: found ? 200 : 404 }))
        },
      },
    })
    const response = await ask(service, '/widget/0.1.0-abcd/widget.js')
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('// earlier')
    expect(response.headers.get('content-type')).toBe(script)
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await ask(service, '/widget/0.2.0-abcd/widget.js')).status).toBe(404)
    expect(asked).toHaveLength(2)
    for (const odd of ['latest', '0%2F..%2Fx', '0?x', `0${'1'.repeat(64)}`]) {
      expect((await ask(service, `/widget/${odd}/widget.js`)).status).toBe(404)
    }
    expect(asked).toHaveLength(2)
  })

  test('needs neither upstream nor KV', async () => {
    const service = isolate({
      CATALOG: kvWith({ get: () => Promise.reject(new Error('KV is down')) }),
    })
    expect((await ask(service, '/widget.js')).status).toBe(200)
    expect(upstream.calls).toEqual([])
  })
})
