import { describe, expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import { FakeKv } from '../../test/world/kv.ts'
import { platformOn } from '../../test/world/platform.ts'
import { snapshotOf, START, textOf } from '../../test/world/snapshots.ts'
import type { KeeperStub } from '../keeper/keeper.ts'
import { encodeNothing, SNAPSHOT_KEY } from '../snapshot/coding.ts'
import { KEEPER_PATIENCE_MS, KV_CACHE_SECONDS, KV_PATIENCE_MS } from '../timing.ts'
import { Sources } from './sources.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const refuse = (): Promise<never> => Promise.reject(new Error('unreachable'))
const keepSilent = (): Promise<never> => new Promise(() => undefined)

const unplanned: KeeperStub = {
  knock: () => Promise.reject(new Error('an unexpected knock')),
  copy: () => Promise.reject(new Error('an unexpected copy')),
}

function setUp(keeper: Partial<KeeperStub> = {}): {
  readonly clock: Clock
  readonly kv: FakeKv
  readonly sources: Sources
} {
  const clock = new Clock(START)
  const kv = new FakeKv()
  const platform = platformOn(clock)
  return {
    clock,
    kv,
    sources: new Sources({ kv, keeper: { ...unplanned, ...keeper }, platform }),
  }
}

describe('KV', () => {
  test('is asked for the one value, by way of its shortest cache', async () => {
    const asked: unknown[] = []
    const kv = {
      get(...given: unknown[]) {
        asked.push(given)
        return Promise.resolve(null)
      },
    } as unknown as KVNamespace
    const platform = platformOn(new Clock(START))
    expect(await new Sources({ kv, keeper: unplanned, platform }).kv()).toBeUndefined()
    expect(asked).toEqual([[SNAPSHOT_KEY, { cacheTtl: KV_CACHE_SECONDS }]])
  })

  test('gives the snapshot that it has', async () => {
    const { kv, sources } = setUp()
    kv.values.set(SNAPSHOT_KEY, textOf(snapshotOf({ revision: 9 })))
    expect(await sources.kv()).toMatchObject({ kind: 'snapshot', snapshot: { revision: 9 } })
  })

  test('that fails, at once or later, has nothing to add', async () => {
    const { kv, sources } = setUp()
    kv.get = refuse
    expect(await sources.kv()).toBeUndefined()
    kv.get = () => {
      throw new Error('no binding')
    }
    expect(await sources.kv()).toBeUndefined()
  })

  test('that is silent is waited for in vain, and no longer than its patience', async () => {
    const { clock, kv, sources } = setUp()
    kv.get = keepSilent
    const began = clock.now()
    expect(await clock.until(sources.kv())).toBeUndefined()
    expect(clock.now() - began).toBe(KV_PATIENCE_MS)
    expect(clock.sleepers).toBe(0)
  })
})

describe.each(['knock', 'copy'] as const)('the Keeper’s %s', (method) => {
  test('gives what its bytes say', async () => {
    const text = textOf(snapshotOf({ revision: 9 }))
    const full = setUp({ [method]: () => Promise.resolve(bytesOf(text)) })
    expect(await full.sources[method]()).toMatchObject({ snapshot: { revision: 9 } })
    const empty = setUp({ [method]: () => Promise.resolve(bytesOf(encodeNothing(null))) })
    expect(await empty.sources[method]()).toEqual({ kind: 'nothing', failure: null })
    const cut = setUp({ [method]: () => Promise.resolve(bytesOf(text).slice(0, -1)) })
    expect(await cut.sources[method]()).toEqual({ kind: 'unreadable' })
  })

  test('that gives none, fails or is silent has nothing to add', async () => {
    for (const end of [() => Promise.resolve(null), refuse, keepSilent]) {
      const { clock, sources } = setUp({ [method]: end })
      expect(await clock.until(sources[method]())).toBeUndefined()
      expect(clock.now() - Date.parse(START)).toBe(end === keepSilent ? KEEPER_PATIENCE_MS : 0)
    }
  })
})
