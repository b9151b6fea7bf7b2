import { describe, expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import { Afterwards, platformOn } from '../../test/world/platform.ts'
import { snapshotOf, START, startPlus } from '../../test/world/snapshots.ts'
import { Answer } from '../http/answer.ts'
import type { Decoded } from '../snapshot/coding.ts'
import * as timing from '../timing.ts'
import { Memory } from './memory.ts'

type Store = 'kv' | 'copy' | 'knock'

const answer = new Answer({ status: 200, body: '1', shared: new Headers() })
const failure = { reason: 'unreachable', failed_at: START, failures: 3, next_at: START }

function given(revision: number, written_at = START): Decoded {
  return { kind: 'snapshot', snapshot: snapshotOf({ revision, written_at }) }
}

/** One isolate. Its stores have nothing, unless a test says otherwise. */
class Isolate {
  readonly clock = new Clock(START)
  readonly afterwards = new Afterwards()
  readonly asked: Store[] = []
  readonly memory: Memory
  readonly #gives = new Map<Store, readonly [ms: number, found: Decoded | undefined]>()

  constructor() {
    const from = (store: Store) => async (): Promise<Decoded | undefined> => {
      this.asked.push(store)
      const [ms, found] = this.#gives.get(store) ?? [0, undefined]
      if (ms > 0) await this.clock.sleep(ms)
      return found
    }
    this.memory = new Memory({
      stores: { kv: from('kv'), copy: from('copy'), knock: from('knock') },
      isHidden: () => false,
      platform: { ...platformOn(this.clock), random: () => 0.5 },
    })
  }

  /** From now on, a store gives this, and takes so long for it. */
  gives(store: Store, found: Decoded | undefined, ms = 0): this {
    this.#gives.set(store, [ms, found])
    return this
  }

  /** What a request gets, and how long it waits for it: the revision, or the status of an error. */
  async request(): Promise<readonly [number, number]> {
    const began = this.clock.now()
    const view = this.memory.view(this.afterwards)
    const got = view.then(
      ({ snapshot }) => snapshot.revision,
      (error: { readonly status: number }) => error.status,
    )
    return [await this.clock.until(got), this.clock.now() - began]
  }

  /** What a request gets at once, if there is something young enough. */
  current(): number | undefined {
    return this.memory.current(this.afterwards)?.snapshot.revision
  }

  count(store: Store): number {
    return this.asked.filter((each) => each === store).length
  }

  /** Requests come every minute. */
  async minutes(count: number): Promise<void> {
    for (let minute = 0; minute < count; minute += 1) {
      await this.clock.pass(60_000)
      await this.request()
    }
  }
}

/** One that has read this from KV. */
async function isolateWith(revision: number): Promise<Isolate> {
  const isolate = new Isolate().gives('kv', given(revision))
  expect(await isolate.request()).toEqual([revision, 0])
  return isolate
}

const NEVER = Infinity
const none = undefined
const garbage = { kind: 'unreadable' } as const
const later = { kind: 'later' } as const
const nothing = { kind: 'nothing', failure } as const

describe('where nothing is held', () => {
  test.each<[string, Decoded | undefined, number, Decoded | undefined, number, number, number]>([
    // What KV and the copy have, and after how long; what a request gets, and after how long.
    ['what KV has is served', given(1), 400, given(2), 0, 1, 400],
    ['KV has nothing', none, 0, given(2), 1000, 2, 1000],
    ['KV has garbage', garbage, 0, given(2), 1000, 2, 1000],
    ['KV has a later format', later, 0, given(2), 1000, 2, 1000],
    ['KV is slow: the copy is asked for, too', given(1), 3000, given(2), 1000, 2, 1500],
    ['KV is slow, and the copy slower', given(1), 1000, given(2), 3000, 1, 1000],
    ['nobody has anything', none, 0, nothing, 0, 503, 0],
    ['nobody answers: it is said within 5 seconds', none, NEVER, none, NEVER, 503, 4500],
  ])('%s', async (_, kv, kvMs, copy, copyMs, got, waited) => {
    const isolate = new Isolate().gives('kv', kv, kvMs).gives('copy', copy, copyMs)
    expect(await isolate.request()).toEqual([got, waited])
    expect(isolate.asked).toEqual(kvMs === 400 ? ['kv'] : ['kv', 'copy'])
  })

  test('requests share a load, and wait for one that never ends no longer than their own patience', async () => {
    const isolate = new Isolate().gives('kv', none, NEVER).gives('copy', none, NEVER)
    const lost = isolate.request()
    await isolate.clock.pass(3000)
    expect(await isolate.request()).toEqual([503, timing.PATIENCE_MS])
    expect((await lost)[0]).toBe(503)
    expect(isolate.asked).toEqual(['kv', 'copy'])
    isolate.gives('kv', given(1))
    await isolate.clock.pass(timing.LOAD_LIMIT_MS - timing.PATIENCE_MS - 3000)
    expect(await isolate.request()).toEqual([1, 0])
  })

  test('it is asked for ever more rarely, up to once a minute', async () => {
    const isolate = new Isolate()
    const asked: number[] = []
    for (let second = 0; second <= 200; second += 1) {
      const before = isolate.count('kv')
      expect(await isolate.request()).toEqual([503, 0])
      if (isolate.count('kv') > before) asked.push(second)
      await isolate.clock.pass(1000)
    }
    expect(asked).toEqual([0, 5, 15, 35, 75, 135, 195])
  })

  test('the Keeper’s reason is held, also when it is another one', async () => {
    const isolate = new Isolate()
    for (const reason of ['unreachable', 'forbidden']) {
      const found = { kind: 'nothing', failure: { ...failure, reason } } as const
      await isolate.gives('copy', found).minutes(1)
      expect(isolate.memory.held).toEqual(found)
      // What cannot be read is no reason.
      await isolate.gives('copy', garbage).minutes(1)
      expect(isolate.memory.held).toEqual(found)
    }
  })
})

describe('a view', () => {
  test.each([0, 5])('is renewed behind an answer, after %i minutes without one', async (empty) => {
    const isolate = new Isolate()
    await isolate.minutes(empty)
    await isolate.gives('kv', given(1)).minutes(1)
    const loads = isolate.count('kv')
    isolate.gives('kv', given(2), 300)
    await isolate.clock.pass(timing.RELOAD_MS + timing.JITTER_MS / 2 - 1)
    expect([isolate.current(), isolate.count('kv')]).toEqual([1, loads])
    await isolate.clock.pass(1)
    expect([isolate.current(), isolate.current(), isolate.count('kv')]).toEqual([1, 1, loads + 1])
    await isolate.clock.until(isolate.afterwards.ended())
    expect(isolate.current()).toBe(2)
  })

  test('that may be old waits for KV: half a second, and longer where it is old', async () => {
    const isolate = (await isolateWith(1)).gives('kv', given(2), 3000)
    await isolate.clock.pass(timing.MEMORY_MS)
    expect(isolate.current()).toBeUndefined()
    expect(await isolate.request()).toEqual([1, timing.KV_GRACE_MS])
    expect(await isolate.request()).toEqual([1, 0])
    await isolate.clock.pass(timing.OLD_MS)
    isolate.gives('kv', given(3), 3000)
    await isolate.clock.pass(timing.OLD_MS)
    expect(await isolate.request()).toEqual([3, 3000])
    expect(new Set(isolate.asked)).toEqual(new Set(['kv']))
  })

  test.each<[string, Decoded | undefined]>([
    ['nothing', undefined],
    ['a reason for having nothing', nothing],
    ['garbage', garbage],
    ['a later format', later],
    ['a lower revision, with later times', given(4, startPlus(60_000))],
    ['the same revision', given(5)],
  ])('stays with its answers when KV has %s, until there is a later one', async (_, found) => {
    const isolate = (await isolateWith(5)).gives('kv', found)
    const { held } = isolate.memory
    isolate.memory.answers.remember('/v1/models', answer)
    await isolate.minutes(1)
    expect(isolate.memory.held).toBe(held)
    expect(isolate.memory.answers.get('/v1/models')).toBeDefined()
    // A higher one is later, whatever its times; and with the view go the answers made of it.
    isolate.memory.adopt(given(6, startPlus(-60_000)))
    expect(isolate.memory.held).toMatchObject({ view: { snapshot: { revision: 6 } } })
    expect(isolate.memory.answers.get('/v1/models')).toBeUndefined()
  })

  test('grows stale once, and its answers go with it', async () => {
    const isolate = (await isolateWith(1)).gives('kv', undefined)
    await isolate.clock.pass(timing.STALE_MS)
    await isolate.request()
    isolate.memory.answers.remember('/v1/models', answer)
    expect(isolate.memory.held).toMatchObject({ view: { standing: 'fresh' } })
    await isolate.minutes(1)
    const { held } = isolate.memory
    expect(held).toMatchObject({ view: { standing: 'stale' } })
    expect(isolate.memory.answers.get('/v1/models')).toBeUndefined()
    await isolate.minutes(1)
    expect(isolate.memory.held).toBe(held)
  })
})

describe('the Keeper is knocked at', () => {
  test('when nothing was written for half an hour, and then every quarter of an hour', async () => {
    const isolate = await isolateWith(1)
    await isolate.minutes(29)
    expect(isolate.count('knock')).toBe(0)
    await isolate.minutes(1)
    expect(isolate.count('knock')).toBe(1)
    await isolate.minutes(14)
    expect(isolate.count('knock')).toBe(1)
    isolate.gives('copy', given(2), 5000)
    await isolate.minutes(1)
    // The knock gave nothing: KV may be dead for this place alone.
    expect([isolate.count('knock'), isolate.count('copy'), isolate.current()]).toEqual([2, 2, 1])
    await isolate.clock.pass(5000)
    expect(isolate.current()).toBe(2)
  })

  test.each([
    [0, 1, 1],
    [1, 1, 0],
    [2, 2, 0],
  ])(
    'where KV has revision %i of late: %i is served, after %i knocks',
    async (late, got, knocks) => {
      const isolate = await isolateWith(1)
      await isolate.clock.pass(timing.SILENCE_MS)
      isolate.gives('kv', given(late, startPlus(timing.SILENCE_MS - 60_000)))
      expect(await isolate.request()).toEqual([got, 0])
      expect(isolate.count('knock')).toBe(knocks)
    },
  )
})
