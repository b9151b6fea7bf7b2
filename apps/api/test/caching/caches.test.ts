import { models } from '@models-edge/upstream/catalogue'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Client, type Got, startClient } from '../fuzz/client.ts'
import { startService } from '../started/service.ts'
import { programs } from './caches.ts'
import { type Gate, startGate } from './gate.ts'

/** These take programs that not everybody has, and their time: `pnpm test:caches`. */
const wanted = process.env['CACHES'] !== undefined

const host = 'models.test'
const paths = ['/v1/models', `/v1/models/${models[0]!.id}`, '/v1/changes?limit=3']

if (!wanted) process.stdout.write('Not asked for: the service behind caches (pnpm test:caches)\n')

for (const program of programs) {
  if (wanted && program.path === undefined) {
    const hint = `it is not installed (apt-get install ${program.package})`
    process.stdout.write(`Left out: the service behind ${program.name}; ${hint}\n`)
  }
  describe.skipIf(!wanted || program.path === undefined)(`behind ${program.name}`, () => {
    let worker: string
    let cache: Client
    let gate: Gate

    beforeAll(async () => {
      await using starting = new AsyncDisposableStack()
      const service = starting.use(await startService())
      await service.synced()
      worker = service.origin
      gate = starting.use(await startGate(worker))
      const front = starting.use(await program.start(gate.origin))
      cache = starting.use(startClient(front.socket, 250))
      const running = starting.move()
      return () => running.disposeAsync()
    })

    test('200 requests at once for a URL that nobody asked for yet are one to the Worker', async () => {
      const urls = urlsFor('cold')
      const release = Promise.withResolvers<void>()
      gate.held = release.promise
      const reached = Promise.all(urls.map((url) => gate.untilAsked(url)))
      const asked = Array.from({ length: 200 }, () => urls).flat()
      const answers = Promise.all(asked.map((url) => get(cache, url)))
      await reached
      release.resolve()
      const got = (await answers).map(({ body, status }, at) => `${asked[at]} ${status} ${body}`)
      const bodies = urls.map(
        async (url) => `${url} 200 ${await (await fetch(worker + url)).text()}`,
      )
      expect(new Set(got)).toEqual(new Set(await Promise.all(bodies)))
      expect(urls.map((url) => gate.asked.get(url))).toEqual([1, 1, 1])
    })

    test.each(['unavailable', 'closed'] as const)(
      'a Worker that is %s is bridged, and its outage is not remembered',
      async (state) => {
        const urls = urlsFor(state)
        gate.minute = 1
        const before = await Promise.all(urls.map((url) => get(cache, url)))
        gate.minute = 60
        gate.state = state
        // Until each is stale, its renewal has failed, and it is shown again.
        for (const [index, url] of urls.entries()) {
          const failed = isDone(gate.untilAsked(url))
          while (!failed())
            expect(contentOf(await get(cache, url))).toEqual(contentOf(before[index]!))
          expect(contentOf(await get(cache, url))).toEqual(contentOf(before[index]!))
        }
        const unseen = `/v1/models?${state}-unseen`
        expect((await get(cache, unseen)).status).toBeGreaterThanOrEqual(500)

        gate.state = 'open'
        expect((await get(cache, unseen)).status).toBe(200)
        const renewed = isDone(gate.untilAsked(urls[0]!))
        while (!renewed()) expect((await get(cache, urls[0]!)).status).toBe(200)
      },
    )
  })
}

function urlsFor(name: string): readonly string[] {
  return paths.map((path) => `${path}${path.includes('?') ? '&' : '?'}${name}`)
}

/** Tells whether something has come to its end. */
function isDone(what: Promise<unknown>): () => boolean {
  let isOver = false
  void what.then(() => (isOver = true))
  return () => isOver
}

function get(client: Client, target: string): Promise<Got> {
  return client.send({ method: 'GET', target, host, fields: [] })
}

/** All of an answer that is the service's own, but for its id. */
function contentOf({ status, body, fields }: Got): unknown {
  const id = fields.get('request-id') ?? ''
  const ours = [...fields].filter(
    ([name]) =>
      !/^(?:accept-ranges|age|connection|date|request-id|server|transfer-encoding|via|x-varnish)$/.test(
        name,
      ),
  )
  return { status, body: body.replace(id, ''), fields: new Map(ours) }
}
