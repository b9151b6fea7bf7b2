import { expect, test } from 'vitest'
import { KeeperWorld } from '../../test/world/keeper-world.ts'
import { modelInfo, startPlus } from '../../test/world/snapshots.ts'
import { decode, SNAPSHOT_KEY } from '../snapshot/coding.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import { CRON_MS } from '../timing.ts'

test('while nobody knows what KV holds, the last sweep is served, and KV is not written', async () => {
  const world = new KeeperWorld([modelInfo('secret'), modelInfo('a')], { HIDDEN_MODELS: 'secret' })
  const copy = async (): Promise<Snapshot> => {
    const decoded = decode(new TextDecoder().decode((await world.keeper.copy()) ?? undefined))
    if (decoded.kind !== 'snapshot') throw new Error('it is no snapshot')
    return decoded.snapshot
  }
  world.kv.get = () => Promise.reject(new Error('KV is down'))
  const line = { outcome: 'provisional', reason: 'kv_read_failed' }
  expect(await world.minutes(1)).toMatchObject(line)
  const first = await copy()
  const content = { models: [{ id: 'a' }], aliases: [], changes: [], complete_from: 0 }
  const at = startPlus(CRON_MS)
  expect(first).toMatchObject({ ...content, synced_at: at, changed_at: at, failure: null })
  world.upstream.list(modelInfo('secret'), modelInfo('b'), modelInfo('a'))
  expect(await world.minutes(1)).toMatchObject(line)
  const second = await copy()
  expect(second.models).toMatchObject([{ id: 'b' }, { id: 'a' }])
  world.upstream.instead = () => Promise.reject(new Error('there is no connection'))
  await world.minutes(1)
  const third = await copy()
  expect(third).toMatchObject({ ...second, revision: third.revision, failure: { failures: 1 } })
  expect(world.kv.values.has(SNAPSHOT_KEY)).toBe(false)

  // What is kept at last is later than all of them.
  world.upstream.instead = () => undefined
  world.kv.get = () => Promise.resolve(null)
  await world.minutes(2)
  const revisions = [first, second, third, world.published].map(({ revision }) => revision)
  expect(revisions).toEqual([...new Set(revisions)].toSorted((one, other) => one - other))
  expect(third.revision).toBeLessThan(0)
  expect(world.tables.dump('provisional')).toEqual([])
})
