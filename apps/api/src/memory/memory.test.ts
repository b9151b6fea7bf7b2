import { describe, expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import { Afterwards, platformOn } from '../../test/world/platform.ts'
import { snapshotOf, START, startPlus } from '../../test/world/snapshots.ts'
import type { Answer } from '../http/answer.ts'
import type { Decoded } from '../snapshot/coding.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'
import * as timing from '../timing.ts'
import { Memory } from './memory.ts'
import type { View } from './view.ts'

type Source = 'kv' | 'copy' | 'knock'
type Given = Decoded | undefined

const keepSilent = (): Promise<never> => new Promise(() => undefined)
const answer: Answer = { status: 200, body: new Uint8Array(1), headers: new Headers() }
const failure = { reason: 'unreachable', failed_at: START, failures: 3, next_at: START }

function given(revision: number, parts: Partial<Snapshot> = {}): Given {
  return { kind: 'snapshot', snapshot: snapshotOf({ revision, ...parts }) }
}

/** One isolate. Its sources have nothing, unless a test says otherwise. */
class Isolate {
  readonly clock: Clock
  readonly afterwards = new Afterwards()
  readonly asked: Source[] = []
  readonly gives: Record<Source, () => Promise<Given>> = {
    kv: () => Promise.resolve(undefined),
    copy: () => Promise.resolve(undefined),
    knock: () => Promise.resolve(undefined),
  }
  readonly memory: Memory

  constructor(start = START) {
    this.clock = new Clock(start)
    const from = (source: Source) => (): Promise<Given> => {
      this.asked.push(source)
      return this.gives[source]()
    }
    this.memory = new Memory({
      sources: { kv: from('kv'), copy: from('copy'), knock: from('knock') },
      isHidden: () => false,
      platform: platformOn(this.clock),
    })
  }

  /** KV has this one from now on. */
  publish(revision: number, parts: Partial<Snapshot> = {}): void {
    this.gives.kv = () => Promise.resolve(given(revision, parts))
  }

  /** It comes after so long. */
  slowly(ms: number, what: Given): () => Promise<Given> {
    return () => this.clock.sleep(ms).then(() => what)
  }

  view(): Promise<View> {
    return this.memory.view(this.afterwards)
  }

  /** What a request gets, and how long it waits for it: the revision, or the status of an error. */
  async request(): Promise<readonly [number, number]> {
    const began = this.clock.now()
    const got = await this.clock.until(
      this.view().then(
        ({ snapshot }) => snapshot.revision,
        (error: { readonly status: number }) => error.status,
      ),
    )
    return [got, this.clock.now() - began]
  }

  /** What a request gets at once, if there is something young enough. */
  current(): number | undefined {
    return this.memory.current(this.afterwards)?.snapshot.revision
  }

  count(source: Source): number {
    return this.asked.filter((each) => each === source).length
  }
}

/** One that has read this from KV. */
async function isolateWith(revision: number, parts: Partial<Snapshot> = {}): Promise<Isolate> {
  const isolate = new Isolate()
  isolate.publish(revision, parts)
  expect(await isolate.request()).toEqual([revision, 0])
  return isolate
}

/** Requests come every minute. */
async function minutes(isolate: Isolate, count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    await isolate.clock.pass(60_000)
    await isolate.request()
  }
}

describe('where nothing is held', () => {
  test('what KV has is served, and the Keeper is left alone', async () => {
    const isolate = new Isolate()
    expect(isolate.current()).toBeUndefined()
    isolate.gives.kv = isolate.slowly(400, given(1))
    expect(await isolate.request()).toEqual([1, 400])
    expect(isolate.asked).toEqual(['kv'])
  })

  test.each<[string, Given]>([
    ['has nothing', undefined],
    ['has garbage', { kind: 'unreadable' }],
    ['has a later format', { kind: 'later' }],
  ])('and KV %s, the Keeper’s copy is', async (_, found) => {
    const isolate = new Isolate()
    isolate.gives.kv = () => Promise.resolve(found)
    isolate.gives.copy = isolate.slowly(1000, given(1))
    expect(await isolate.request()).toEqual([1, 1000])
    expect(isolate.asked).toEqual(['kv', 'copy'])
  })

  test('and KV is silent, the copy is asked for after half a second; whichever is first is served', async () => {
    const isolate = new Isolate()
    isolate.gives.kv = isolate.slowly(3000, given(2))
    isolate.gives.copy = isolate.slowly(1000, given(1))
    expect(await isolate.request()).toEqual([1, timing.KV_GRACE_MS + 1000])
    await isolate.clock.pass(2000)
    expect(isolate.current()).toBe(2)
    const other = new Isolate()
    other.gives.kv = other.slowly(1000, given(1))
    other.gives.copy = other.slowly(3000, given(2))
    expect(await other.request()).toEqual([1, 1000])
  })

  test('one load serves many requests', async () => {
    const isolate = new Isolate()
    isolate.gives.kv = isolate.slowly(2000, undefined)
    isolate.gives.copy = isolate.slowly(2000, given(1))
    const views = Array.from({ length: 20 }, () => isolate.view())
    const got = await isolate.clock.until(Promise.all(views))
    expect(new Set(got).size).toBe(1)
    expect(isolate.asked).toEqual(['kv', 'copy'])
  })

  test.each<[string, (isolate: Isolate) => void]>([
    ['nobody has anything', () => undefined],
    [
      'nobody answers',
      ({ gives }) => {
        gives.kv = keepSilent
        gives.copy = keepSilent
      },
    ],
    [
      'the Keeper works on its first sync',
      (isolate) => {
        isolate.gives.copy = isolate.slowly(20_000, given(1))
      },
    ],
  ])('and %s, each request is told so within 5 seconds', async (_, arrange) => {
    const isolate = new Isolate()
    arrange(isolate)
    for (let request = 0; request < 4; request += 1) {
      const [status, waited] = await isolate.request()
      expect(status).toBe(503)
      expect(waited).toBeLessThanOrEqual(5000)
    }
  })

  test('it is asked for ever more rarely, up to once a minute', async () => {
    const isolate = new Isolate()
    const asked: number[] = []
    isolate.gives.kv = () => {
      asked.push((isolate.clock.now() - Date.parse(START)) / 1000)
      return Promise.resolve(undefined)
    }
    for (let second = 0; second <= 240; second += 1) {
      expect(await isolate.request()).toEqual([503, 0])
      await isolate.clock.pass(1000)
    }
    expect(asked).toEqual([0, 5, 15, 35, 75, 135, 195])
    isolate.publish(1)
    await isolate.clock.pass(15_000)
    expect(await isolate.request()).toEqual([1, 0])
  })

  test('the Keeper’s reason is held, also when it is another one', async () => {
    const isolate = new Isolate()
    const look = (): Promise<unknown> =>
      isolate.clock.until(isolate.memory.look(isolate.afterwards))
    expect(await look()).toEqual({ kind: 'nothing', failure: null })
    for (const reason of ['unreachable', 'forbidden']) {
      const nothing = { kind: 'nothing', failure: { ...failure, reason } } as const
      isolate.gives.copy = () => Promise.resolve(nothing)
      await isolate.clock.pass(60_000)
      expect(await look()).toEqual(nothing)
    }
  })
})

describe('a request whose load never ends', () => {
  test('holds those that come later no longer than their own patience', async () => {
    const isolate = new Isolate()
    isolate.gives.kv = keepSilent
    isolate.gives.copy = keepSilent
    const lost = isolate.view()
    lost.catch(() => undefined)
    await isolate.clock.pass(3000)
    expect(await isolate.request()).toEqual([503, timing.PATIENCE_MS])
    expect(isolate.count('kv')).toBe(1)
  })

  test('is given up after its limit, and another one loads', async () => {
    const isolate = new Isolate()
    isolate.gives.kv = keepSilent
    isolate.gives.copy = keepSilent
    await isolate.request()
    isolate.publish(1)
    await isolate.clock.pass(timing.LOAD_LIMIT_MS - timing.PATIENCE_MS)
    expect(await isolate.request()).toEqual([1, 0])
  })
})

describe('a view', () => {
  test('is served at once; when it is due, then too, while it is renewed behind the answer', async () => {
    const isolate = await isolateWith(1)
    isolate.publish(2)
    await isolate.clock.pass(timing.MEMORY_MS - 1)
    expect([isolate.current(), isolate.current()]).toEqual([1, 1])
    await isolate.afterwards.ended()
    expect(isolate.current()).toBe(2)
    expect(isolate.asked).toEqual(['kv', 'kv'])
    await isolate.clock.pass(timing.MEMORY_MS - 1)
    expect(isolate.current()).toBe(2)
  })

  test.each([0, 5])('is due at its time, after %i minutes without any as well', async (count) => {
    const isolate = new Isolate()
    await minutes(isolate, count)
    isolate.publish(1)
    await isolate.clock.pass(60_000)
    expect(await isolate.request()).toEqual([1, 0])
    const before = isolate.count('kv')
    await isolate.clock.pass(timing.RELOAD_MS - 1)
    expect([isolate.current(), isolate.count('kv')]).toEqual([1, before])
    await isolate.clock.pass(1)
    expect([isolate.current(), isolate.count('kv')]).toEqual([1, before + 1])
  })

  test('that nobody asked for in a while waits for KV, since it may be old', async () => {
    const isolate = await isolateWith(1)
    isolate.gives.kv = isolate.slowly(300, given(2))
    await isolate.clock.pass(timing.MEMORY_MS)
    expect(isolate.current()).toBeUndefined()
    expect(await isolate.request()).toEqual([2, 300])
  })

  test('is served on when KV is silent: one request in a while waits half a second, the Keeper is left alone', async () => {
    const isolate = await isolateWith(1)
    isolate.gives.kv = keepSilent
    await isolate.clock.pass(timing.MEMORY_MS)
    expect(await isolate.request()).toEqual([1, timing.KV_GRACE_MS])
    for (let request = 0; request < 5; request += 1) expect(await isolate.request()).toEqual([1, 0])
    await isolate.clock.pass(timing.MEMORY_MS)
    expect(await isolate.request()).toEqual([1, timing.KV_GRACE_MS])
    expect(new Set(isolate.asked)).toEqual(new Set(['kv']))
  })

  test.each<[string, Given]>([
    ['nothing', undefined],
    ['a reason for having nothing', { kind: 'nothing', failure }],
    ['garbage', { kind: 'unreadable' }],
    ['a later format', { kind: 'later' }],
    ['a lower revision, with later times', given(4, { written_at: startPlus(60_000) })],
    ['the same revision', given(5)],
  ])('stays when KV has %s, and so do its answers', async (_, found) => {
    const isolate = await isolateWith(5)
    const { held } = isolate.memory
    isolate.memory.answers.remember('/v1/models', answer)
    isolate.gives.kv = () => Promise.resolve(found)
    await isolate.clock.pass(timing.MEMORY_MS)
    expect(await isolate.request()).toEqual([5, 0])
    expect(isolate.memory.held).toBe(held)
    expect(isolate.memory.answers.get('/v1/models')).toBeDefined()
  })

  test('gives way to a higher revision, from wherever, and with it go the answers made of it', async () => {
    const isolate = await isolateWith(5)
    isolate.memory.answers.remember('/v1/models', answer)
    isolate.memory.adopt(given(6, { written_at: startPlus(-60_000) }))
    expect(isolate.current()).toBe(6)
    expect(isolate.memory.answers.get('/v1/models')).toBeUndefined()
  })

  test('grows stale once, also while nobody can tell anything newer; then its answers go', async () => {
    const isolate = await isolateWith(1)
    isolate.gives.kv = keepSilent
    const standing = async (): Promise<string> => {
      await isolate.request()
      const { held } = isolate.memory
      return held.kind === 'view' ? held.view.standing : held.kind
    }
    await isolate.clock.pass(timing.STALE_MS)
    expect(await standing()).toBe('fresh')
    isolate.memory.answers.remember('/v1/models', answer)
    await isolate.clock.pass(timing.MEMORY_MS)
    expect(await standing()).toBe('stale')
    expect(isolate.memory.answers.get('/v1/models')).toBeUndefined()
    const { held } = isolate.memory
    await isolate.clock.pass(timing.STALE_MS)
    expect(await standing()).toBe('stale')
    expect(isolate.memory.held).toBe(held)
  })
})

describe('the Keeper is knocked at', () => {
  test('only when nothing was written for half an hour, and then every quarter of an hour', async () => {
    const isolate = await isolateWith(1)
    await minutes(isolate, 29)
    expect(isolate.count('knock')).toBe(0)
    await minutes(isolate, 1)
    expect(isolate.count('knock')).toBe(1)
    await minutes(isolate, 14)
    expect(isolate.count('knock')).toBe(1)
    await minutes(isolate, 1)
    expect(isolate.count('knock')).toBe(2)
    // It gave nothing: KV may be dead for this place alone.
    expect(isolate.count('copy')).toBe(2)
  })

  test('and what it gives is taken', async () => {
    const isolate = await isolateWith(1)
    isolate.gives.knock = isolate.slowly(5000, given(2, { written_at: startPlus(30 * 60_000) }))
    await minutes(isolate, 30)
    expect(isolate.current()).toBe(1)
    await isolate.clock.pass(5000)
    expect(isolate.current()).toBe(2)
    await isolate.afterwards.ended()
  })

  test('not while the same is published again and again, since syncs fail', async () => {
    const isolate = await isolateWith(1)
    await isolate.clock.pass(timing.SILENCE_MS)
    isolate.publish(1, { written_at: startPlus(timing.SILENCE_MS - 60_000) })
    expect(await isolate.request()).toEqual([1, 0])
    expect(isolate.count('knock')).toBe(0)
  })

  test('not when KV has something young, however old what is held', async () => {
    const isolate = await isolateWith(1)
    await isolate.clock.pass(timing.SILENCE_MS)
    isolate.publish(2, { written_at: startPlus(timing.SILENCE_MS - 60_000) })
    expect(await isolate.request()).toEqual([2, 0])
    expect(isolate.count('knock')).toBe(0)
  })
})

describe.each([
  ['ahead', '2036-01-01T00:00:00.000Z'],
  ['behind', '2016-01-01T00:00:00.000Z'],
])('an isolate whose clock was years %s', (_, wrong) => {
  test('goes on as any other once it is put right', async () => {
    const isolate = new Isolate(wrong)
    isolate.publish(1)
    expect(await isolate.request()).toEqual([1, 0])
    isolate.clock.set(START)
    isolate.publish(2)
    expect(await isolate.request()).toEqual([2, 0])
    expect((await isolate.view()).standing).toBe('fresh')
    const knocks = isolate.count('knock')
    await isolate.clock.pass(timing.SILENCE_MS)
    await isolate.request()
    expect(isolate.count('knock')).toBe(knocks + 1)
  })

  test('that had nothing asks at once', async () => {
    const isolate = new Isolate(wrong)
    expect(await isolate.request()).toEqual([503, 0])
    isolate.clock.set(START)
    isolate.publish(1)
    expect(await isolate.request()).toEqual([1, 0])
  })
})
