import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Client, type Got, startClient } from '../fuzz/client.ts'
import { startKv } from '@models-edge/testing/kv'
import { startUpstream } from '../started/recorded-upstream.ts'
import { models } from '../started/stand-in.ts'
import { startWorkerd } from '../started/workerd.ts'
import type { Held } from './case.ts'
import { cases, table } from './conformance.ts'

const PATHS = ['/v1/models', '/v1/models?limit=2', `/v1/models/${models[0]!.id}`, '/v1/changes']
const host = 'models.test'

let client: Client

beforeAll(async () => {
  await using starting = new AsyncDisposableStack()
  const recording = { models: models.map((model) => JSON.stringify(model)) }
  const kv = starting.use(await startKv())
  const upstream = starting.use(await startUpstream(recording))
  const workerd = starting.use(await startWorkerd(kv.origin, upstream.origin))
  await workerd.answers()
  client = starting.use(startClient(workerd.origin, 4))
  const running = starting.move()
  return () => running.disposeAsync()
})

function plain(target: string): Promise<Got> {
  return client.send({ method: 'GET', target, host, fields: [] })
}

describe('an origin as HTTP has it', () => {
  const tested = cases.flatMap((one) => (one.verdict === 'not applicable' ? [] : one))

  test.each(tested)('$id: $claim', async (one) => {
    for (const path of PATHS) {
      const full = await plain(path)
      const held: Held = {
        etag: full.fields.get('etag') ?? '',
        changedAt: new Date(full.fields.get('last-modified') ?? NaN),
      }
      expect(held.etag).toMatch(/^"[0-9a-f]{32}"$/)
      expect(held.changedAt).not.toEqual(new Date(NaN))
      const { method = 'GET', target = path, wrong } = one
      const got = await client.send({
        method,
        target,
        host: one.host ?? host,
        fields: one.fields(held),
      })
      expect(got.status).toBe(one.status)
      expect(wrong?.(got, full) ?? false).toBe(false)
    }
  })

  test('is what the README beside this says, case by case', async () => {
    const readme = await readFile(new URL('README.md', import.meta.url), 'utf8')
    expect(squeezed(readme)).toContain(table())
    const counts = ['held', 'otherwise', 'not applicable'].map((each) => `${count(each)} ${each}`)
    expect(readme).toContain(counts.join(', '))
    process.stdout.write(`${table()}\n${counts.join(', ')}\n`)
  })
})

/** The formatter widens a table's columns. */
function squeezed(text: string): string {
  return text.replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---')
}

function count(verdict: string): number {
  return cases.filter((one) => one.verdict === verdict).length
}
