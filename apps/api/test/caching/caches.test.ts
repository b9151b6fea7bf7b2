import { models } from '@models-edge/upstream/catalogue'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Client, type Got, type Sent, startClient } from '../fuzz/client.ts'
import { hostile } from '../fuzz/requests.ts'
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
    let worker: Client
    let cache: Client
    let gate: Gate
    let socket = ''

    beforeAll(async () => {
      await using starting = new AsyncDisposableStack()
      const service = starting.use(await startService())
      await service.synced()
      worker = starting.use(startClient(service.origin, 64))
      gate = starting.use(await startGate(worker))
      const front = starting.use(await program.start(gate.origin))
      socket = front.socket
      cache = starting.use(startClient(socket, 250))
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
      const bodies = urls.map(async (url) => `${url} 200 ${(await get(worker, url)).body}`)
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

    test('what one sends leaves nothing for others', async () => {
      for (const [name, poison] of poisons) {
        for (const path of ['/v1/models?limit=2', '/v1/models/none']) {
          const url = `${path}${path.includes('?') ? '&' : '?'}${encodeURIComponent(name)}`
          // On a connection of its own, which the cache may close.
          using evil = startClient(socket, 1)
          const sent = { method: 'GET', target: url, host, fields: [], ...poison }
          await evil.send(sent).catch(() => undefined)
          const after = await get(cache, url)
          expect([name, contentOf(after)]).toEqual([name, contentOf(await get(worker, url))])
          expect(JSON.stringify([...after.fields])).not.toContain('evil')
        }
      }
    })
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

/** What is sent first, by somebody who would like others to get something else. */
const poisons: readonly (readonly [name: string, Partial<Sent>])[] = [
  ...hostile.map((field) => [field.join(': ').slice(0, 60), { fields: [field] }] as const),
  ['all of these fields', { fields: hostile }],
  ['any tag', { fields: [['if-none-match', '*']] }],
  ['another tag', { fields: [['if-none-match', '"x"']] }],
  ['a late date', { fields: [['if-modified-since', 'Fri, 01 Jan 2100 00:00:00 GMT']] }],
  ...['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'].map(
    (method) => [method, { method }] as const,
  ),
  ['a body', { body: 'limit=1&after_id=none' }],
  ['a second request', { body: 'GET /nowhere HTTP/1.1\r\nHost: evil.test\r\n\r\n' }],
  ...['evil.test', 'evil.test:81', 'models.test@evil.test', 'evil.test/v1/x?', 'evil test'].map(
    (other) => [`the host ${other}`, { host: other }] as const,
  ),
  ['a header of 60 kB', { fields: [['x-long', 'x'.repeat(60_000)]] }],
]
