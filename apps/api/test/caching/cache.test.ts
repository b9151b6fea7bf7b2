import { once } from 'node:events'
import { listen } from '@models-edge/testing/listener'
import { models } from '@models-edge/upstream/catalogue'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Client, type Got, startClient } from '../fuzz/client.ts'
import { startService } from '../started/service.ts'
import { nginx, startNginx } from './nginx.ts'

/** These take a program that not everybody has: `pnpm test:programs`. */
const wanted = process.env['CACHES'] !== undefined

const host = 'models.test'
const paths = ['/v1/models', `/v1/models/${models[0]!.id}`, '/v1/changes?limit=3']

if (!wanted)
  process.stdout.write('Not asked for: the service behind a cache (pnpm test:programs)\n')
else if (!nginx)
  process.stdout.write('Left out: nginx is not installed (apt-get install nginx-light)\n')

/** Stands between the cache and the Worker: it counts, it holds back, and it can be shut. */
const gate = {
  asked: new Map<string, number>(),
  events: new EventTarget(),
  /** How the Worker is: there, answering 503, or not there at all. */
  state: 'open' as 'closed' | 'open' | 'unavailable',
  /** How many seconds a minute takes: so long is an answer fresh. */
  minute: 60,
  /** What an answer waits for. */
  held: Promise.resolve(),
  /** Until the Worker is asked for a URL, once more. */
  untilAsked: (url: string): Promise<unknown> => once(gate.events, url),
}

describe.skipIf(!wanted || !nginx)('behind nginx', () => {
  let worker: string
  let cache: Client

  beforeAll(async () => {
    await using starting = new AsyncDisposableStack()
    const service = starting.use(await startService())
    await service.synced()
    worker = service.origin
    const listener = await listen(async (request, response) => {
      const { url = '' } = request
      gate.asked.set(url, (gate.asked.get(url) ?? 0) + 1)
      gate.events.dispatchEvent(new Event(url))
      if (gate.state === 'closed') return request.socket.destroy()
      if (gate.state === 'unavailable') return response.writeHead(503).end('{}')
      const { headers, status, body } = await ask(url)
      await gate.held
      const policy = headers.get('cache-control')?.replace('max-age=60', `max-age=${gate.minute}`)
      const { connection: _, ...fields } = Object.fromEntries(headers)
      return response.writeHead(status, { ...fields, 'cache-control': policy }).end(body)
    })
    starting.use(listener)
    const { socket } = starting.use(await startNginx(listener.origin))
    cache = starting.use(startClient(socket, 250))
    const running = starting.move()
    return () => running.disposeAsync()
  })

  /** The Worker's own answer. */
  async function ask(url: string): Promise<{ headers: Headers; status: number; body: string }> {
    const response = await fetch(worker + url)
    const { headers, status } = response
    return { headers, status, body: await response.text() }
  }

  function get(target: string): Promise<Got> {
    return cache.send({ method: 'GET', target, host, fields: [] })
  }

  test('200 requests at once for a URL that nobody asked for yet are one to the Worker', async () => {
    const urls = urlsFor('cold')
    const release = Promise.withResolvers<void>()
    gate.held = release.promise
    const reached = Promise.all(urls.map((url) => gate.untilAsked(url)))
    const asked = Array.from({ length: 200 }, () => urls).flat()
    const answers = Promise.all(asked.map((url) => get(url)))
    await reached
    release.resolve()
    const got = (await answers).map(({ body, status }, at) => `${asked[at]} ${status} ${body}`)
    const bodies = urls.map(async (url) => `${url} 200 ${(await ask(url)).body}`)
    expect(new Set(got)).toEqual(new Set(await Promise.all(bodies)))
    expect(urls.map((url) => gate.asked.get(url))).toEqual([1, 1, 1])
  })

  test.each(['unavailable', 'closed'] as const)(
    'a Worker that is %s is bridged, and its outage is not remembered',
    async (state) => {
      const urls = urlsFor(state)
      gate.minute = 1
      const before = await Promise.all(urls.map((url) => get(url)))
      gate.minute = 60
      gate.state = state
      // Until each is stale, its renewal has failed, and it is shown again.
      for (const [index, url] of urls.entries()) {
        const failed = isDone(gate.untilAsked(url))
        while (!failed()) expect(contentOf(await get(url))).toEqual(contentOf(before[index]!))
        expect(contentOf(await get(url))).toEqual(contentOf(before[index]!))
      }
      const unseen = `/v1/models?${state}-unseen`
      expect((await get(unseen)).status).toBeGreaterThanOrEqual(500)

      gate.state = 'open'
      expect((await get(unseen)).status).toBe(200)
      const renewed = isDone(gate.untilAsked(urls[0]!))
      while (!renewed()) expect((await get(urls[0]!)).status).toBe(200)
    },
  )
})

function urlsFor(name: string): readonly string[] {
  return paths.map((path) => `${path}${path.includes('?') ? '&' : '?'}${name}`)
}

/** Tells whether something has come to its end. */
function isDone(what: Promise<unknown>): () => boolean {
  let isOver = false
  void what.then(() => (isOver = true))
  return () => isOver
}

/** All of an answer that is the service's own. */
function contentOf({ status, body, fields }: Got): unknown {
  const ofNginx = /^(?:accept-ranges|connection|date|server|transfer-encoding)$/
  return { status, body, fields: new Map([...fields].filter(([name]) => !ofNginx.test(name))) }
}
