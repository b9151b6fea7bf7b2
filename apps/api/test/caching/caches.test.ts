import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Client, type Got, type Sent, startClient } from '../fuzz/client.ts'
import { hostile } from '../fuzz/requests.ts'
import { startKv } from '@models-edge/testing/kv'
import { startUpstream } from '../started/recorded-upstream.ts'
import { models } from '../started/stand-in.ts'
import { startWorkerd } from '../started/workerd.ts'
import { programs } from './caches.ts'
import { type Gate, startGate } from './gate.ts'

/** These take programs that not everybody has, and their time: `pnpm test:caches`. */
const wanted = process.env['CACHES'] !== undefined

const host = 'models.test'
const paths = ['/v1/models', `/v1/models/${models[0]!.id}`, '/v1/changes?limit=3']

if (wanted) {
  for (const { name, package: debian, path } of programs) {
    const line = path ?? `SKIPPED, for it is not installed (apt-get install ${debian})`
    process.stdout.write(`${name}: ${line}\n`)
  }
}

for (const program of programs) {
  describe.skipIf(!wanted || program.path === undefined)(`behind ${program.name}`, () => {
    let worker: Client
    let cache: Client
    let gate: Gate
    let socket = ''

    beforeAll(async () => {
      await using starting = new AsyncDisposableStack()
      const recording = { models: models.map((model) => JSON.stringify(model)) }
      const kv = starting.use(await startKv())
      const upstream = starting.use(await startUpstream(recording))
      const workerd = starting.use(await startWorkerd(kv.origin, upstream.origin))
      await workerd.answers()
      worker = starting.use(startClient(workerd.origin, 64))
      gate = starting.use(await startGate(worker, 100))
      const front = starting.use(await program.start(gate.origin))
      socket = front.socket
      cache = starting.use(startClient(socket, 250))
      const running = starting.move()
      return () => running.disposeAsync()
    })

    test('200 requests at once for a URL that nobody asked for yet are one to the Worker', async () => {
      const urls = paths.map((path) => `${path}${path.includes('?') ? '&' : '?'}cold`)
      const asked = Array.from({ length: 200 }, () => urls).flat()
      const answers = await Promise.all(asked.map((url) => get(cache, url)))
      for (const [index, url] of urls.entries()) {
        const bodies = answers.filter((_, at) => at % urls.length === index)
        const { body } = await get(worker, url)
        expect(new Set(bodies.map((got) => `${got.status} ${got.body}`))).toEqual(
          new Set([`200 ${body}`]),
        )
        expect(gate.passed.get(`GET ${url}`)).toBe(1)
      }
    })

    test.each(['unavailable', 'closed'] as const)(
      'a Worker that is %s is bridged',
      async (state) => {
        const urls = paths.map((path) => `${path}${path.includes('?') ? '&' : '?'}${state}`)
        const before = await Promise.all(urls.map((url) => get(cache, url)))
        await sleep(1500)
        gate.state = state
        try {
          for (let round = 0; round < 5; round += 1) {
            for (const [index, url] of urls.entries()) {
              expect(contentOf(await get(cache, url))).toEqual(contentOf(before[index]!))
            }
            await sleep(300)
          }
          const unseen = await get(cache, `/v1/models?${state}-unseen`)
          expect(unseen.status).toBeGreaterThanOrEqual(500)
        } finally {
          gate.state = 'open'
        }
        // An outage is not remembered.
        await expect
          .poll(async () => (await get(cache, `/v1/models?${state}-unseen`)).status, {
            timeout: 10_000,
          })
          .toBe(200)
        const count = gate.passed.get(`GET ${urls[0]}`) ?? 0
        await expect
          .poll(
            async () => {
              await get(cache, urls[0]!)
              return gate.passed.get(`GET ${urls[0]}`) ?? 0
            },
            { timeout: 10_000 },
          )
          .toBeGreaterThan(count)
      },
    )

    test.each(poisons())('%s leave nothing for others', async (name, poison) => {
      for (const path of ['/v1/models?limit=2', '/v1/models/none']) {
        const url = `${path}${path.includes('?') ? '&' : '?'}${encodeURIComponent(name)}`
        // On a connection of its own, which the cache may close.
        using evil = startClient(socket, 1)
        const sent = { method: 'GET', target: url, host, fields: [], ...poison }
        await evil.send(sent).catch(() => undefined)
        const after = await get(cache, url)
        expect(contentOf(after)).toEqual(contentOf(await get(worker, url)))
        expect(JSON.stringify([...after.fields])).not.toContain('evil')
      }
    })

    test('URLs that look alike are not taken for each other', async () => {
      const expected = new Map<string, unknown>()
      for (const target of alike) expected.set(target, contentOf(await get(worker, target)))
      for (const order of [alike, alike.toReversed()]) {
        for (const target of order) {
          expect([target, contentOf(await get(cache, target))]).toEqual([
            target,
            expected.get(target),
          ])
        }
      }
    })
  })
}

function get(client: Client, target: string): Promise<Got> {
  return client.send({ method: 'GET', target, host, fields: [] })
}

/** All of an answer that is the service's own, but for its id. */
function contentOf({ status, body, fields }: Got): unknown {
  const id = fields.get('request-id') ?? ''
  const ours = [...fields].filter(
    ([name]) =>
      !/^(?:accept-ranges|age|cache-control|connection|date|request-id|server|transfer-encoding|via|x-varnish)$/.test(
        name,
      ),
  )
  const policy = fields.get('cache-control')?.replace('max-age=60', 'max-age=1')
  return { status, body: body.replace(id, ''), fields: new Map(ours), policy }
}

/** What is sent first, by somebody who would like others to get something else. */
function poisons(): readonly (readonly [string, Partial<Sent>])[] {
  const tags = ['*', '"x"']
  return [
    ...hostile.map(
      ([name, value]) => [`${name}: ${value.slice(0, 40)}`, { fields: [[name, value]] }] as const,
    ),
    ['all of these fields', { fields: hostile }],
    ...tags.map((tag) => [`If-None-Match: ${tag}`, { fields: [['if-none-match', tag]] }] as const),
    ['If-Modified-Since', { fields: [['if-modified-since', 'Fri, 01 Jan 2100 00:00:00 GMT']] }],
    ...['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'].map(
      (method) => [`requests with ${method}`, { method }] as const,
    ),
    [
      'a body that comes with GET',
      {
        body: 'limit=1&after_id=none',
        fields: [['content-type', 'application/x-www-form-urlencoded']],
      },
    ],
    [
      'a body that would be the next request',
      { body: 'GET /nowhere HTTP/1.1\r\nHost: evil.test\r\n\r\n' },
    ],
    ...[
      'evil.test',
      'evil.test:81',
      'models.test@evil.test',
      'evil.test/v1/models/none?',
      'evil test',
    ].map((other) => [`a host like ${other}`, { host: other }] as const),
    ['a header of 60 kB', { fields: [['x-long', 'x'.repeat(60_000)]] }],
  ]
}

const alike = [
  '/v1/models?limit=1',
  '/v1/models?limit=1&limit=2',
  '/v1/models?limit=2',
  '/v1/models?%6cimit=2',
  '/v1/models?Limit=2',
  '/v1/models?x=1;limit=2',
  '/v1/models?limit=1&x=/v1/changes',
  '/v1/models?',
  '/v1/models/',
  '/v1/models%3Flimit=1',
  '/v1/models/%2e%2e/changes',
  '/v1/models/..%2Fchanges',
  '/v1/models/..;/changes',
  '/v1//models?limit=1',
  '//v1/models?limit=1',
  '/V1/models?limit=1',
  '/v1/models;x?limit=1',
  '/v1/changes?limit=1',
  '/v1/changes?limit=1&lifecycle=x',
]
