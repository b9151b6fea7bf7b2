import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Asked, StartedUpstream } from '@models-edge/testing/upstream'
import { bundle as bundleWidget } from '@models-edge/widget/bundle'
import { expect, inject, test } from 'vitest'
import { MAX_BACKOFF_MS } from '../../src/timing.ts'
import { useService } from '../started/service.ts'
import { paths, targetsOf } from '../world/targets.ts'
import { models as recorded } from '@models-edge/upstream/catalogue'

/** Ours, a client's in all the places where clients keep one, and what the bundle's build was given. */
const key = 'sk-ant-ours-that-must-not-leak'
const clientKey = 'sk-ant-of-a-client-that-must-not-leak'
const buildKey = 'stand-in-key'

const credentials = {
  authorization: `Bearer ${clientKey}`,
  'x-api-key': clientKey,
  cookie: `session=${clientKey}`,
  'proxy-authorization': `Basic ${Buffer.from(`a:${clientKey}`).toString('base64')}`,
  'anthropic-workspace-id': clientKey,
  'x-forwarded-access-token': clientKey,
}

const newest = recorded[0]!.id
const targets = [
  ...paths.flatMap(([path, operation]) => targetsOf(path, operation)),
  ...'/v1/models?limit=0 /v1/models/x /v1/models/%'.split(' '),
]

/** A text in the spellings in which it can hide. */
function spellings(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString('base64').replace(/=*$/, '').slice(0, -1)
  const ofURLs = base64.replaceAll('+', '-').replaceAll('/', '_')
  const reversed = secret.split('').toReversed().join('')
  return [secret, base64, ofURLs, reversed, Buffer.from(secret).toString('hex')]
}

function expectNone(text: string, ...secrets: readonly string[]): void {
  const found = secrets.flatMap(spellings).filter((spelling) => text.includes(spelling))
  expect(found).toEqual([])
}

/** An error that repeats the key that came, wherever an error can. */
function repeating({ headers }: Asked): string {
  const sent = String(headers['x-api-key'])
  const error = { type: 'authentication_error', message: `no: ${sent}`, details: { sent } }
  return JSON.stringify({ type: 'error', error, request_id: sent, headers })
}

/** Upstream that tells the key to whoever listens, by the reason that a sync fails for then. */
const faults: Readonly<Record<string, StartedUpstream['instead']>> = {
  unauthorized: (asked) => ({ status: 401, body: repeating(asked) }),
  refused: (asked) => ({ status: 400, body: repeating(asked) }),
  bad_answer: (asked) => ({ status: 200, body: repeating(asked) }),
  upstream_error: (asked) => ({ status: 500, body: repeating(asked) }),
  rate_limited: () => ({ status: 429, headers: { 'retry-after': key, 'request-id': key } }),
}

const service = useService(key)

/** Everything that a client can see of the service, headers and all. */
async function seen(): Promise<string> {
  const texts: string[] = []
  for (const target of targets) {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      const response = await fetch(service.origin + target, { method, headers: credentials })
      texts.push(JSON.stringify([...response.headers]), await response.text())
    }
  }
  return texts.join('\n')
}

test('no secret is in an answer, a log, a value of KV or a row of the Keeper, whatever fails', async () => {
  const evidence: string[] = []
  const { kv, upstream } = service
  for (const fault of [() => undefined, ...Object.values(faults)]) {
    upstream.instead = fault
    await service.tick(MAX_BACKOFF_MS / 60_000)
    evidence.push(await seen())
  }
  const log = await service.logged('rate_limited')
  const kept = await (await fetch(`${service.origin}/-/kept`)).text()
  const stored = JSON.stringify([...kv.values, kept])
  evidence.push(log, stored)

  // What is searched is there: without that, nothing would be found in nothing.
  expect(upstream.requests.every(({ headers }) => headers['x-api-key'] === key)).toBe(true)
  for (const reason of Object.keys(faults)) expect(log).toContain(`"reason":"${reason}"`)
  expect(stored).toContain('catalog:v2')
  expect(stored).toContain('publication')
  expect(evidence[0]).toContain(newest)
  expectNone(evidence.join('\n'), key, clientKey)
  expectNone(JSON.stringify(upstream.requests), clientKey)
})

test('no secret is in the bundle or its source map', async () => {
  const folder = inject('bundle')
  const names = await readdir(folder)
  expect(names).toEqual(expect.arrayContaining(['index.js', 'index.js.map']))
  const files = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  expect(files.join('\n')).toContain('ANTHROPIC_API_KEY')
  expectNone(files.join('\n'), buildKey)
  expect(files.join('\n')).not.toMatch(/sk-ant-\w/)
})

test("no secret is in the widget's file, nor anything that could send one", async () => {
  const file = await bundleWidget()
  expect(file).toContain('model-list')
  expectNone(file, buildKey)
  expect(file).not.toMatch(/sk-ant-|api[-_]?key|authorization/i)
  expect(file.match(/credentials:.{6}/g)).toEqual(['credentials:`omit`'.slice(0, 18)])
})
