import { Random } from '../random.ts'
import type { Place } from '../places/place.ts'
import type { World } from '../world.ts'
import { SPANS } from './busyness.ts'
import type { Client } from './client.ts'

/** Asks for all of the list: what is seen of the service is seen by this most of all. */
export const WHOLE_LIST =
  '/v1/models?limit=1000&lifecycle[]=active&lifecycle[]=deprecated&lifecycle[]=retired'

interface Target {
  /** How often it is asked for, in parts of all. */
  readonly weight: number
  /** Over how many addresses that spreads. */
  readonly addresses: number
  /** Whether no cache may keep it. */
  readonly isNeverKept?: true
  readonly of: (random: Random, world: World) => string
}

/** What people ask for. */
export const targets: readonly Target[] = [
  { weight: 55, addresses: 1, of: () => WHOLE_LIST },
  { weight: 10, addresses: 1, of: () => '/v1/models' },
  { weight: 8, addresses: 1, of: () => '/v1/changes?limit=1000' },
  { weight: 4, addresses: 1, isNeverKept: true, of: () => '/health' },
  { weight: 3, addresses: 1, of: () => '/' },
  { weight: 1, addresses: 1, of: () => '/nowhere' },
  { weight: 1, addresses: 1, of: () => '/v1/models?limit=0' },
  { weight: 1, addresses: 1, of: () => '/v1/models?after_id=nobody' },
  {
    weight: 10,
    addresses: 25,
    of: (random, { scheduler, truth }) =>
      `/v1/models/${random.pick([...truth.at(scheduler.now).models.keys()])}`,
  },
  {
    weight: 10,
    addresses: 10,
    of(random, { scheduler, truth }) {
      const aliases = [...truth.at(scheduler.now).aliases.keys()]
      return `/v1/models/${aliases.length > 0 ? random.pick(aliases) : 'nobody'}`
    },
  },
]

/** The crowd of a place: each request for itself. */
export function startCallers(world: World, client: Client, place: Place): void {
  const { scheduler } = world
  const random = new Random(world.seed, 'callers', place.index)
  const choice = targets.flatMap((target) => Array.from({ length: target.weight }, () => target))
  // Some places are asked rarely.
  const everyMs = world.plan.requestsEveryMs * random.pick(SPANS)
  scheduler.after(random.wait(everyMs), ask)

  function ask(): void {
    scheduler.after(random.wait(everyMs), ask)
    const count = random.chance(0.02) ? 5 : 1
    for (let times = 0; times < count; times += 1) {
      void client.fetch({ place, target: random.pick(choice).of(random, world) })
    }
  }
}
