import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Kv } from '@models-edge/testing/kv'
import { listOf, type StartedUpstream } from '@models-edge/testing/upstream'
import { expect, onTestFinished, test } from 'vitest'
import { modelText, served, startService } from '../started/service.ts'
import { startWorkerd } from '../started/workerd.ts'

// What the simulation can only play: a process that is killed, storage on a disk, connections that break.

const never = Promise.withResolvers<undefined>().promise
const known = [modelText('claude-b-1'), modelText('claude-a-1')]
const more = [modelText('claude-new-1'), ...known]

test.each<[string, (kv: Kv, upstream: StartedUpstream, hang: () => typeof never) => void, string]>([
  ['a sweep', (_, upstream, hang) => (upstream.instead = hang), listOf(known)],
  [
    'a put, after its commit',
    (kv, _, hang) => (kv.instead = (method) => (method === 'PUT' ? hang() : undefined)),
    listOf(more),
  ],
])('a Keeper killed in the middle of %s has all that it committed', async (_, disturb, list) => {
  const disk = await mkdtemp(join(tmpdir(), 'models-edge-keeper-'))
  onTestFinished(() => rm(disk, { recursive: true, force: true }))
  const options = { disk, watched: true }
  await using first = await startService({ models: known }, options)
  const { kv, upstream } = first
  await first.tick(0)
  const before = await changes(first.origin)
  expect(before).toHaveLength(2)

  upstream.models = more
  const reached = Promise.withResolvers<void>()
  disturb(kv, upstream, () => (reached.resolve(), never))
  const tick = first.tick().catch(() => 'killed')
  await reached.promise
  await first.kill()
  expect(await tick).toBe('killed')

  // Now KV is silent: the Keeper is all there is. Who asks first does not wait for it.
  upstream.instead = () => undefined
  const asked = Promise.withResolvers<void>()
  kv.instead = () => (asked.resolve(), never)
  await using second = await startWorkerd(kv.origin, upstream.origin, options)
  const impatient = new AbortController()
  const gone = fetch(`${second.origin}/v1/models`, { signal: impatient.signal }).catch(() => 'gone')
  await asked.promise
  impatient.abort()
  expect(await gone).toBe('gone')
  const crowd = Array.from({ length: 50 }, () => served(`${second.origin}/v1/models`))
  expect(new Set(await Promise.all(crowd))).toEqual(new Set([list]))

  // The change is told once, after the others, and KV has it with the same id.
  kv.instead = () => undefined
  await second.tick(5)
  await using third = await startWorkerd(kv.origin, upstream.origin)
  const [news, ...rest] = await changes(third.origin)
  expect(news).toMatchObject({ change: 'released', model_id: 'claude-new-1', seeded: false })
  expect(rest).toEqual(before)
})

async function changes(origin: string): Promise<readonly object[]> {
  const { data } = JSON.parse(await served(`${origin}/v1/changes`)) as { data: object[] }
  return data
}
