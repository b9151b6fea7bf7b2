import { describe, expect, test } from 'vitest'
import { KeeperWorld } from '../../test/world/keeper-world.ts'
import { modelInfo, NOW, START, startPlus } from '../../test/world/snapshots.ts'
import { apiError } from '../../test/world/upstream.ts'
import { CRON_MS, EXTRA_PUTS, PUBLISH_MS, PUT_LIMIT_MS, SLACK_MS } from '../timing.ts'

const DAY_MS = 86_400_000
const refuse = (): Promise<never> => Promise.reject(new Error('KV is down'))

/** A Keeper that has just put what there is, at the beginning of a turn. */
async function steady(): Promise<KeeperWorld> {
  const world = new KeeperWorld([modelInfo('a')])
  expect(await world.knock()).toMatchObject({ published: 'rhythm' })
  return world
}

/** The public sees something else. */
function change({ upstream }: KeeperWorld): void {
  upstream.texts = [JSON.stringify(modelInfo(`${upstream.texts.length}`)), ...upstream.texts]
}

/** For which reason something was put, or failed, in each of so many minutes. */
async function putsIn(world: KeeperWorld, minutes: number): Promise<string> {
  const puts: unknown[] = []
  for (let minute = 0; minute < minutes; minute += 1) {
    puts.push((await world.minutes(1))?.['published'] ?? '-')
  }
  return puts.join(' ')
}

describe('what has not changed', () => {
  test('is put once in each five minutes, by knocks that are early, or late', async () => {
    const world = await steady()
    expect(await putsIn(world, 10)).toBe('- - - - rhythm - - - - rhythm')
    for (const shift of [-SLACK_MS, SLACK_MS, 0, CRON_MS, -SLACK_MS]) {
      const turn = world.clock.now() + PUBLISH_MS - (world.clock.now() % PUBLISH_MS)
      world.clock.set(new Date(turn + shift).toISOString())
      expect(await world.knock()).toMatchObject({ published: 'rhythm' })
      world.clock.set(new Date(turn + 2 * CRON_MS).toISOString())
      expect(await world.knock()).not.toHaveProperty('published')
    }
  })

  test('is put by a clock that was years ahead, as soon as it is right', async () => {
    const world = await steady()
    for (const time of ['2036-01-01T00:00:00.000Z', START]) {
      world.clock.set(time)
      expect(await world.knock()).toMatchObject({ published: 'rhythm' })
      expect(world.clock.now()).toBe(Date.parse(time))
    }
  })
})

test('what changes is put at once, and so is how syncs fail; but nothing before there is a list', async () => {
  const world = new KeeperWorld([modelInfo('a')])
  const puts: string[] = []
  for (const status of [401, 200, 401, 401, 401, 403, 200, 200]) {
    world.upstream.instead = () => (status === 200 ? undefined : apiError(status, 'api_error'))
    puts.push(await putsIn(world, 1))
  }
  expect(puts.join(' ')).toBe('- rhythm status - rhythm status status -')
  change(world)
  expect(await putsIn(world, 1)).toBe('change')
  expect(world.published.models).toHaveLength(2)
})

test('why a put failed is told in an event of its own; KV can repeat no secret in it', async () => {
  const world = new KeeperWorld([modelInfo('secret'), modelInfo('a')], { HIDDEN_MODELS: 'secret' })
  let given = ''
  world.kv.put = (...all) => {
    given = all.join()
    return Promise.reject(new Error(`429: ${given}`))
  }
  expect(await world.knock()).toMatchObject({ event: 'sync', published: 'failed' })
  const message = `Error: 429: ${given}`.slice(0, 200)
  expect(world.platform.lines).toHaveLength(2)
  expect(world.platform.lines[0]).toEqual({ event: 'publish', outcome: 'failed', message })
  expect(given).not.toMatch(/stand-in-key|secret/)
})

test('more than a second lies between two puts, also where one was lost with its Keeper', async () => {
  const world = new KeeperWorld([modelInfo('a-20250101')])
  world.tables.storage.sql.exec('UPDATE publication SET tried_at = ?', NOW - 500)
  world.upstream.aliases = { a: 'a-20250101' }
  const times: number[] = []
  world.kv.put = () => {
    times.push(world.clock.now() - NOW)
    return times.length === 2 ? refuse() : Promise.resolve()
  }
  // The list, and its aliases.
  expect(await world.knock()).toMatchObject({ published: 'failed' })
  expect(times).toEqual([600, 1700])
})

test.each<[string, string, () => Promise<void>]>([
  ['failed', 'KV is down', refuse],
  ['ends nobody knows how', 'No answer within 10000 ms', () => new Promise(() => undefined)],
])(
  'a put that %s is done again, ever more rarely, and at last with the rhythm',
  async (_, why, take) => {
    const world = await steady()
    const { put } = world.kv
    const tries: number[] = []
    world.kv.put = async () => {
      tries.push(Math.floor((world.clock.now() - NOW) / CRON_MS))
      // The time that is waited for it passes.
      queueMicrotask(() => void world.clock.pass(PUT_LIMIT_MS))
      await take()
    }
    change(world)
    await world.minutes(22)
    expect(tries).toEqual([1, 2, 4, 8, 13, 18])
    const event = { event: 'publish', outcome: 'failed', message: `Error: ${why}` }
    expect(world.platform.lines.filter((line) => line['event'] === 'publish')).toEqual(
      tries.map(() => event),
    )
    world.kv.put = put
    expect(await putsIn(world, 5)).toBe('rhythm - rhythm - -')
    // Also one that only failed in its turn.
    await world.minutes(2)
    world.kv.put = refuse
    expect(await putsIn(world, 1)).toBe('failed')
    world.kv.put = put
    // As soon as the next knock may come.
    await world.clock.pass(CRON_MS - SLACK_MS)
    expect(await world.knock()).toMatchObject({ published: 'rhythm' })
    change(world)
    expect(await putsIn(world, 2)).toBe('- change')
  },
)

test('a day has so many puts beside its rhythm, half of them for how syncs fail', async () => {
  const world = await steady()
  const spend = (extra: number): void => {
    const { sql } = world.tables.storage
    sql.exec('UPDATE publication SET day = ?, extra = ?', Math.floor(NOW / DAY_MS), extra)
  }
  spend(EXTRA_PUTS / 2 - 1)
  world.upstream.instead = () => apiError(401, 'api_error')
  expect(await putsIn(world, 1)).toBe('status')
  world.upstream.instead = () => undefined
  expect(await putsIn(world, 1)).toBe('-')
  spend(EXTRA_PUTS - 1)
  change(world)
  expect(await putsIn(world, 1)).toBe('change')
  change(world)
  expect(await putsIn(world, 2)).toBe('- rhythm')
  expect(world.published.models).toHaveLength(3)
  // Nor is what failed done again before its turn.
  const { put } = world.kv
  world.kv.put = refuse
  expect(await putsIn(world, 6)).toBe('- - - - failed -')
  world.kv.put = put
  // The next day has its own, though the first turn of it begins a little early.
  world.clock.set(startPlus(DAY_MS / 2 - SLACK_MS))
  expect(await world.knock()).toMatchObject({ published: 'rhythm' })
  for (let minute = 0; minute < 2; minute += 1) {
    change(world)
    await world.clock.pass(CRON_MS)
    expect(await world.knock()).toMatchObject({ published: 'change' })
  }
})
