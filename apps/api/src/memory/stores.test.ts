import { describe, expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import { FakeKv } from '../../test/world/kv.ts'
import { platformOn } from '../../test/world/platform.ts'
import { snapshotOf, START, textOf } from '../../test/world/snapshots.ts'
import { encodeNothing, SNAPSHOT_KEY } from '../snapshot/coding.ts'
import { KEEPER_PATIENCE_MS, KV_CACHE_SECONDS, KV_PATIENCE_MS } from '../timing.ts'
import { Stores } from './stores.ts'

const text = textOf(snapshotOf({ revision: 9 }))

describe.each([
  ['kv', KV_PATIENCE_MS],
  ['copy', KEEPER_PATIENCE_MS],
  ['knock', KEEPER_PATIENCE_MS],
] as const)('%s tells', (store, patience) => {
  test.each<[string, () => Promise<string | null>, object | undefined, number]>([
    ['its snapshot', () => Promise.resolve(text), { snapshot: { revision: 9 } }, 0],
    ['that it has nothing', () => Promise.resolve(encodeNothing(null)), { kind: 'nothing' }, 0],
    ['what is cut off', () => Promise.resolve(text.slice(0, -1)), { kind: 'unreadable' }, 0],
    ['nothing where it has none', () => Promise.resolve(null), undefined, 0],
    ['nothing where it fails', () => Promise.reject(new Error('unreachable')), undefined, 0],
    ['nothing where it is silent', () => new Promise(() => undefined), undefined, patience],
  ])('%s', async (_, give, found, ms) => {
    const clock = new Clock(START)
    const asked: unknown[] = []
    const bytes = async (...given: unknown[]): Promise<Uint8Array | null> => {
      asked.push(given)
      const value = await give()
      return value === null ? null : new TextEncoder().encode(value)
    }
    const kv = new FakeKv()
    kv.get = (...given: unknown[]) => {
      asked.push(given)
      return give()
    }
    const stores = new Stores({
      kv,
      keeper: { copy: bytes, knock: bytes },
      platform: platformOn(clock),
    })
    const outcome = {
      found: await clock.until(stores[store]()),
      ms: clock.now() - Date.parse(START),
    }
    expect(outcome).toMatchObject({ found, ms })
    expect(clock.sleepers).toBe(0)
    // KV is asked for the one value, by way of its shortest cache.
    expect(asked).toEqual([store === 'kv' ? [SNAPSHOT_KEY, { cacheTtl: KV_CACHE_SECONDS }] : []])
  })
})
