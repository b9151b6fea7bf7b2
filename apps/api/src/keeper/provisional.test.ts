import { describe, expect, test } from 'vitest'
import { KeeperWorld, SOURCE, Tables, visibilityOf } from '../../test/world/keeper-world.ts'
import { modelInfo, modelOf, START } from '../../test/world/snapshots.ts'
import { decode, SNAPSHOT_KEY } from '../snapshot/coding.ts'
import { commitFailure } from './commit-failure.ts'
import { SyncError } from './failure.ts'
import { heldProvisionally, holdProvisionally } from './provisional.ts'

const NOW = Date.parse(START)

test('what is held is the last sweep, without a history and without what is hidden', () => {
  const { storage } = new Tables()
  expect(heldProvisionally(storage)).toBeUndefined()
  const revisions = ['first', 'last'].map((id, index) => {
    const swept = { source: SOURCE, models: [modelOf('secret'), modelOf(id)] }
    holdProvisionally(storage, swept, visibilityOf('secret'), NOW, NOW + index)
    const decoded = decode(heldProvisionally(storage) ?? '')
    const content = { models: [modelOf(id)], aliases: [], changes: [], complete_from: 0 }
    const times = { written_at: START, synced_at: START, changed_at: START }
    const snapshot = { source: SOURCE, ...times, failure: null, ...content }
    expect(decoded).toMatchObject({ kind: 'snapshot', snapshot })
    return decoded.kind === 'snapshot' ? decoded.snapshot.revision : NaN
  })
  // Later than one before it, and older than any that is kept.
  expect(revisions[1]).toBeGreaterThan(revisions[0] ?? NaN)
  expect(Math.max(...revisions)).toBeLessThan(0)
})

test('it tells how syncs fail since', () => {
  const { storage } = new Tables()
  const swept = { source: SOURCE, models: [modelOf('m')] }
  holdProvisionally(storage, swept, visibilityOf(), NOW, NOW)
  const before = decode(heldProvisionally(storage) ?? '')
  commitFailure(storage, new SyncError('empty', 'The list is empty'), NOW + 1)
  const after = decode(heldProvisionally(storage) ?? '')
  expect(after).toMatchObject({ snapshot: { failure: { reason: 'empty', failures: 1 } } })
  if (before.kind !== 'snapshot' || after.kind !== 'snapshot') throw new Error('not a snapshot')
  expect(after.snapshot.revision).toBeGreaterThan(before.snapshot.revision)
})

function texts(bytes: Uint8Array | null): string {
  return new TextDecoder().decode(bytes ?? undefined)
}

describe('while nobody knows what KV holds', () => {
  test('what was swept is served, and KV not written; then it is gone on from there', async () => {
    const world = new KeeperWorld({ models: [modelInfo('old'), modelInfo('m')] })
    await world.minutes(1)
    const before = world.kv.values.get(SNAPSHOT_KEY)
    const { get } = world.kv
    world.kv.get = () => Promise.reject(new Error('KV is down'))
    world.restart({ storage: new Tables().storage })
    world.upstream.models = [modelInfo('new'), modelInfo('old')].map((model) =>
      JSON.stringify(model),
    )

    const line = { event: 'sync', outcome: 'provisional', reason: 'kv_read_failed' }
    expect(await world.minutes(2)).toMatchObject(line)
    expect(world.kv.values.get(SNAPSHOT_KEY)).toBe(before)
    expect(decode(texts(await world.keeper.copy()))).toMatchObject({
      snapshot: { changes: [], models: [{ id: 'new' }, { id: 'old' }] },
    })

    world.kv.get = get
    await world.minutes(1)
    // The history goes on: what is missing must be seen twice.
    expect(world.published.models).toHaveLength(3)
    expect(world.tables.dump('provisional')).toEqual([])
    expect(decode(texts(await world.keeper.copy()))).toMatchObject({
      snapshot: { models: [{ id: 'new' }, { id: 'old' }, { id: 'm' }] },
    })
  })
})
