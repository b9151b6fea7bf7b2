import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Clock } from '../../test/world/clock.ts'
import { chance, platformAt, Tables, visibilityOf } from '../../test/world/keeper-world.ts'
import { FakeKv } from '../../test/world/kv.ts'
import { modelOf } from '../../test/world/snapshots.ts'
import { SNAPSHOT_KEY } from '../snapshot/coding.ts'
import { type StoredModel, storedModel } from '../snapshot/model.ts'
import { CRON_MS, EXTRA_PUTS, PUBLISH_MS, PUT_LIMIT_MS, SLACK_MS } from '../timing.ts'
import { commitFailure } from './commit-failure.ts'
import { SyncError, type Reason } from './failure.ts'
import { publish, type Published } from './publish.ts'

const MIDNIGHT = '2026-11-20T00:00:00.000Z'
const MINUTES_A_DAY = 1440
const STEADY_PUTS = (MINUTES_A_DAY * CRON_MS) / PUBLISH_MS

/** A Keeper's storage and KV, and the time of every put that was tried. */
class Press {
  readonly clock = new Clock(MIDNIGHT)
  readonly kv = new FakeKv()
  readonly tables = new Tables()
  readonly tried: number[] = []
  /** How KV takes a put. */
  take: () => Promise<void> = () => Promise.resolve()
  readonly #platform = platformAt(this.clock)
  #changes = 0

  constructor() {
    const { put } = this.kv
    this.kv.put = async (key, value) => {
      this.tried.push(this.clock.now())
      await this.take()
      await put(key, value)
    }
  }

  publish(): Promise<Published> {
    const { kv, tables } = this
    const visibility = visibilityOf()
    return publish({
      kv: kv.binding,
      storage: tables.storage,
      visibility,
      platform: this.#platform,
    })
  }

  /** The public sees something else. */
  change(): void {
    this.#changes += 1
    this.tables.commit([modelOf(`new-${this.#changes}`), ...this.#models])
  }

  /** The same for days on which it happens so often that true commits would take too long. */
  retag(): void {
    this.#changes += 1
    this.tables.storage.sql.exec('UPDATE catalogs SET tag = ?', String(this.#changes))
  }

  fail(reason: Reason): void {
    commitFailure(this.tables.storage, new SyncError(reason, reason), this.clock.now())
  }

  succeed(): void {
    this.tables.commit(this.#models)
  }

  get #models(): readonly StoredModel[] {
    return this.tables.rows.models(1).map(({ json }) => storedModel(json))
  }

  /** So many minutes, with this in each one, and how often a put was tried in them. */
  async minutes(count: number, each: (minute: number) => Promise<unknown>): Promise<number> {
    const before = this.tried.length
    for (let minute = 0; minute < count; minute += 1) {
      await each(minute)
      this.clock.set(
        new Date(this.clock.now() - (this.clock.now() % CRON_MS) + CRON_MS).toISOString(),
      )
    }
    return this.tried.length - before
  }
}

const refuse = (): Promise<never> => Promise.reject(new Error('KV is down'))

/** One that has put what is there, and whose turn is over. */
async function steady(): Promise<Press> {
  const press = new Press()
  press.change()
  await press.publish()
  await press.clock.pass(PUBLISH_MS - CRON_MS)
  return press
}

test('nothing is put before there is a catalog', async () => {
  const press = new Press()
  press.fail('unreachable')
  expect(await press.publish()).toEqual({ kind: 'not due' })
  expect(press.tried).toEqual([])
})

describe('what has not changed', () => {
  test('is put once in each five minutes, 288 times a day', async () => {
    const press = await steady()
    const kinds = new Set<string>()
    const puts = await press.minutes(MINUTES_A_DAY, async () => {
      const published = await press.publish()
      kinds.add(published.kind === 'not due' ? '' : `${published.kind} ${published.cause}`)
    })
    expect(puts).toBe(STEADY_PUTS)
    expect(kinds).toEqual(new Set(['', 'put rhythm']))
    const gaps = press.tried.slice(1).map((time, index) => time - press.tried[index]!)
    expect(new Set(gaps.slice(1))).toEqual(new Set([PUBLISH_MS]))
  })

  test('is put in its turn by a knock that is early, or late', async () => {
    const press = await steady()
    for (const shift of [-SLACK_MS, SLACK_MS, 0, CRON_MS, -SLACK_MS]) {
      const turn = press.clock.now() + PUBLISH_MS - (press.clock.now() % PUBLISH_MS)
      press.clock.set(new Date(turn + shift).toISOString())
      expect(await press.publish()).toEqual({ kind: 'put', cause: 'rhythm' })
      expect(await press.publish()).toEqual({ kind: 'not due' })
      press.clock.set(new Date(turn + 2 * CRON_MS).toISOString())
    }
  })

  test('is put by a clock that was years ahead, as soon as it is right', async () => {
    const press = await steady()
    press.clock.set('2036-01-01T00:00:00.000Z')
    expect(await press.publish()).toMatchObject({ kind: 'put' })
    press.clock.set(MIDNIGHT)
    expect(await press.publish()).toMatchObject({ kind: 'put' })
    expect(await press.publish()).toEqual({ kind: 'not due' })
  })
})

describe('at once', () => {
  test('goes what the public sees otherwise', async () => {
    const press = await steady()
    press.change()
    expect(await press.publish()).toEqual({ kind: 'put', cause: 'change' })
    expect(press.kv.values.get(SNAPSHOT_KEY)).toContain('new-2')
    expect(await press.publish()).toEqual({ kind: 'not due' })
  })

  test('goes how syncs fail: that they do, otherwise, and no more', async () => {
    const press = await steady()
    for (const reason of ['unreachable', 'empty'] as const) {
      press.fail(reason)
      expect(await press.publish()).toEqual({ kind: 'put', cause: 'status' })
      press.fail(reason)
      expect(await press.publish()).toEqual({ kind: 'not due' })
    }
    press.succeed()
    expect(await press.publish()).toEqual({ kind: 'put', cause: 'status' })
  })

  test('is a second and more after the put before', async () => {
    const press = await steady()
    for (let put = 0; put < 3; put += 1) {
      press.change()
      await press.publish()
    }
    press.change()
    press.take = refuse
    await press.publish()
    const gaps = press.tried.slice(2).map((time, index) => time - press.tried[index + 1]!)
    expect(Math.min(...gaps)).toBeGreaterThan(1000)
    expect(press.tried).toHaveLength(5)
  })
})

describe('a put', () => {
  test('whose content is not the latest any more when it ends is followed by another', async () => {
    const press = await steady()
    press.change()
    press.take = () => {
      press.take = () => Promise.resolve()
      press.change()
      return Promise.resolve()
    }
    await press.publish()
    expect(press.kv.values.get(SNAPSHOT_KEY)).not.toContain('new-3')
    expect(await press.publish()).toEqual({ kind: 'put', cause: 'change' })
    expect(press.kv.values.get(SNAPSHOT_KEY)).toContain('new-3')
  })

  test.each<[string, () => Promise<void>]>([
    ['failed', refuse],
    ['ends nobody knows how', () => new Promise(() => undefined)],
  ])('that %s is done again, ever more rarely, and at last with the rhythm', async (_, take) => {
    const press = await steady()
    press.change()
    const began = press.clock.now()
    press.take = async () => {
      // The time that is waited for it passes.
      queueMicrotask(() => void press.clock.pass(PUT_LIMIT_MS))
      await take()
    }
    const tries = await press.minutes(22, async () => {
      await press.publish()
      // And again, after the aliases.
      await press.publish()
    })
    const minutes = press.tried.slice(-tries).map((time) => Math.round((time - began) / CRON_MS))
    expect(minutes).toEqual([0, 1, 3, 7, 12, 17])
    press.take = () => Promise.resolve()
    expect(await press.publish()).toMatchObject({ kind: 'put' })
    press.change()
    expect(await press.publish()).toMatchObject({ kind: 'put', cause: 'change' })
  })

  test('that failed and was only for its turn is done again before the next turn', async () => {
    const press = await steady()
    await press.clock.pass(CRON_MS)
    press.take = refuse
    expect(await press.publish()).toEqual({ kind: 'failed', cause: 'rhythm' })
    press.take = () => Promise.resolve()
    await press.clock.pass(CRON_MS)
    expect(await press.publish()).toEqual({ kind: 'put', cause: 'rhythm' })
  })
})

describe('on a day', () => {
  test('on which syncs fail otherwise each minute, half of what is to spare is left', async () => {
    const press = await steady()
    await press.clock.pass(CRON_MS)
    const reasons = ['unreachable', 'empty'] as const
    const puts = await press.minutes(MINUTES_A_DAY - 5, (minute) => {
      press.fail(reasons[minute % 2]!)
      return press.publish()
    })
    expect(puts).toBe(STEADY_PUTS - 1 + EXTRA_PUTS / 2)
    expect(press.tables.rows.publication().extra).toBe(EXTRA_PUTS / 2)
  })

  test('on which the public sees something else each minute, the rest waits for its turn', async () => {
    const press = await steady()
    await press.clock.pass(CRON_MS)
    const puts = await press.minutes(MINUTES_A_DAY - 5, () => {
      press.retag()
      return press.publish()
    })
    expect(puts).toBe(STEADY_PUTS - 1 + EXTRA_PUTS)
    // The next day has its own.
    const next = await press.minutes(5, () => {
      press.retag()
      return press.publish()
    })
    expect(next).toBe(5)
  })

  test('of any kind, KV gets no more than 480', async () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    await fc.assert(
      fc.asyncProperty(share, share, share, async (changing, failing, refusing) => {
        const press = new Press()
        const random = chance()
        press.tables.commit([modelOf('model')])
        press.take = () => (random() < refusing ? refuse() : Promise.resolve())
        const puts = await press.minutes(MINUTES_A_DAY, async () => {
          if (random() < failing) press.fail(random() < 0.5 ? 'empty' : 'unreachable')
          await press.publish()
          // Aliases are found after the list.
          if (random() >= changing) return
          press.retag()
          await press.publish()
        })
        expect(puts).toBeGreaterThan(24)
        expect(puts).toBeLessThanOrEqual(STEADY_PUTS + EXTRA_PUTS)
      }),
      { numRuns: 2, examples: [[1, 1, 0]] },
    )
  })
})
