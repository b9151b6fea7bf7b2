import * as fc from 'fast-check'
import { heapOf } from '@models-edge/testing/heap'
import { type Kv, startKv } from '@models-edge/testing/kv'
import { type StartedUpstream, startUpstream } from '@models-edge/testing/upstream'
import { beforeAll, expect, test } from 'vitest'
import { operations } from '../../src/contract/operations.ts'
import { RELOAD_MS } from '../../src/timing.ts'
import { departures } from '../contract.ts'
import { type PlainWorkerd, startWorkerd } from '../started/workerd.ts'
import { type Client, type Got, startClient } from './client.ts'
import { type Generated, requests } from './requests.ts'
import { aliases, models } from './world.ts'

/** How many requests: a few on every run, a hundred thousand for `pnpm test:input`. */
const COUNT = Number(process.env['INPUT_REQUESTS'] ?? 4000)

/** The same ones on every run, and others each time where there are many, unless told. */
const SEED = Number(process.env['INPUT_SEED'] ?? (COUNT > 4000 ? Date.now() % 2 ** 31 : 20_261_120))

const CONNECTIONS = 32
/** The answers that an isolate remembers have 8 MB at the most. */
const BOUND_MB = 14

const host = 'models.test'

let kv: Kv
let upstream: StartedUpstream
let workerd: PlainWorkerd
let client: Client
const statuses: Record<number, number> = {}

beforeAll(async () => {
  // What has been started ends, too, when the next thing does not start.
  await using starting = new AsyncDisposableStack()
  kv = starting.use(await startKv())
  upstream = starting.use(await startUpstream({ models, aliases }))
  await fillKv()
  workerd = starting.use(await startWorkerd(kv.origin, upstream.origin, { inspect: true }))
  client = starting.use(startClient(workerd.origin, CONNECTIONS))
  const running = starting.move()
  return () => running.disposeAsync()
})

async function fillKv(): Promise<void> {
  await using other = await startWorkerd(kv.origin, upstream.origin, { watched: true })
  await other.tick(0)
}

function ask(target: string): Promise<Got> {
  return client.send({ method: 'GET', target, host, fields: [] })
}

/** What a client can learn of the service: requests are made of it. */
async function learned(): Promise<Parameters<typeof requests>[0]> {
  const tagged = ['/v1/models', '/v1/changes', '/v1/models?limit=1', '/v1/models/1e3']
  const [list, changes, ...others] = await Promise.all(tagged.map((target) => ask(target)))
  const { data } = JSON.parse(changes!.body) as { readonly data: readonly { id: string }[] }
  const pinned = /\/widget\/[\w.-]+\/widget\.js/.exec((await ask('/')).body)?.[0] ?? ''
  const ids = models.map((text) => (JSON.parse(text) as { readonly id: string }).id)
  return {
    files: ['/', '/widget.js', '/openapi.json', '/llms.txt', '/health', pinned],
    paths: Object.keys(operations),
    names: [...ids, ...Object.keys(aliases)],
    changeIds: data.map(({ id }) => id),
    tags: [list!, changes!, ...others].map(({ fields }) => fields.get('etag') ?? ''),
  }
}

/** What must not happen to anybody, whatever is asked: all that is compared before and after. */
function cost(): object {
  const writes = kv.requests.filter((request) => !request.startsWith('GET '))
  return { calls: upstream.requests.length, writes: [...writes], values: [...kv.values] }
}

/** What is wrong with the answer, and with the one to the same URL alone. */
async function wrong(sent: Generated): Promise<readonly string[]> {
  const got = await client.send(sent)
  const { body, fields, status } = got
  statuses[status] = (statuses[status] ?? 0) + 1
  const url = `http://${host}${sent.target}`
  const answered = { method: sent.method, url, status, headers: new Headers([...fields]), body }
  const found = departures(answered)
  const cacheable = fields.get('cache-control') !== 'no-store'
  if (!sent.twice || !cacheable) return found
  const bare = await client.send({ ...sent, host, fields: [], body: undefined })
  const twins = status === 304 ? [withoutBody(bare), withoutBody(got)] : [bare, got]
  const [one, other] = twins.map((each) => JSON.stringify(withoutId(each)))
  return one === other ? found : [...found, `fields changed the answer: ${one} to ${other}`]
}

/** Some batches of requests, one after the other; how many requests they were. */
async function sendAll(batch: fc.Arbitrary<readonly Generated[]>, seed: number): Promise<number> {
  let count = 0
  const property = fc.asyncProperty(batch, async (sent) => {
    count += sent.length
    const found = await Promise.all(sent.map((one) => wrong(one)))
    expect(found.flat()).toEqual([])
  })
  await fc.assert(property, { seed, numRuns: 20 })
  return count
}

function withoutBody({ fields }: Got): Got {
  const rest = [...fields].filter(([name]) => !/^content-(?:length|type)$/.test(name))
  return { status: 304, fields: new Map(rest), body: '' }
}

/** The whole answer but for its id. */
function withoutId({ status, fields, body }: Got): unknown {
  const id = fields.get('request-id') ?? ''
  const rest = [...fields].filter(([name]) => name !== 'request-id' && name !== 'connection')
  return [status, rest.map((one) => one.join(': ')).toSorted(), body.replace(id, '')]
}

test(
  'any request gets the answer of the contract, whatever comes along with it',
  { timeout: 60_000 + COUNT * 20 },
  async () => {
    const batch = fc.array(requests(await learned()), { minLength: 1, maxLength: 100, size: 'max' })
    const before = cost()
    const reads = kv.reads.length
    const start = Date.now()
    let count = 0
    for (let round = 0; count < COUNT; round += 1) count += await sendAll(batch, SEED + round)
    const seconds = Math.round((Date.now() - start) / 1000)
    report(`${count} requests in ${seconds} s, seed ${SEED}: ${JSON.stringify(statuses)}`)
    expect(await heapInMb()).toBeLessThan(BOUND_MB)
    expect(cost()).toEqual(before)
    // One for an isolate, and then at the pace at which memory is renewed.
    const looks = Math.ceil((Date.now() - start) / RELOAD_MS)
    expect(kv.reads.length - reads).toBeLessThanOrEqual(looks)
    expect(workerd.output()).toBe('')
  },
)

test('memory stays what it is, whatever is asked for', async () => {
  const kinds = [
    (n: number) => `/v1/models?limit=1000&lifecycle=active&n=${n}`,
    (n: number) => `/v1/changes?limit=1000&n=${n}`,
    (n: number) => `/v1/models/${'x'.repeat(200)}${n}`,
    (n: number) => `/v1/models/1e3?n=${n}${'x'.repeat(n % 16_000)}`,
    (n: number) => `/${n}${'x'.repeat(400)}`,
    (n: number) => `/v1/models?limit=1000&after_id=${n}`,
  ]
  const askAll = async (from: number, to: number): Promise<number> => {
    for (let n = from; n < to; n += CONNECTIONS) {
      const urls = Array.from({ length: CONNECTIONS }, (_, at) => kinds[(n + at) % 6]!(n + at))
      await Promise.all(urls.map((url) => ask(url)))
    }
    return heapInMb()
  }
  const warm = await askAll(0, 3000)
  const end = await askAll(3000, 9000)
  report(`In use: ${warm.toFixed(1)} MB after 3,000 URLs, ${end.toFixed(1)} MB after 9,000`)
  expect(end).toBeLessThan(Math.min(1.5 * warm + 2, BOUND_MB))
})

function report(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function heapInMb(): Promise<number> {
  return (await heapOf(workerd, { path: '/health', service: 'api' })) / 1024 / 1024
}
