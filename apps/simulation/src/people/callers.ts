import { Random } from '../random.ts'
import type { Place } from '../places/place.ts'
import type { World } from '../world.ts'
import type { Client } from './client.ts'

/** Asks for all of the list: what is seen of the service is seen by this most of all. */
export const WHOLE_LIST =
  '/v1/models?limit=1000&lifecycle[]=active&lifecycle[]=deprecated&lifecycle[]=retired'

/** What people ask for, and how often, in parts of all. */
const targets: readonly (readonly [
  weight: number,
  target: (random: Random, world: World) => string,
])[] = [
  [55, () => WHOLE_LIST],
  [10, () => '/v1/models'],
  [8, () => '/v1/changes?limit=1000'],
  [4, () => '/health'],
  [3, () => '/'],
  [
    10,
    (random, { scheduler, truth }) =>
      `/v1/models/${random.pick([...truth.at(scheduler.now).models.keys()])}`,
  ],
  [
    10,
    (random, { scheduler, truth }) => {
      const aliases = [...truth.at(scheduler.now).aliases.keys()]
      return `/v1/models/${aliases.length > 0 ? random.pick(aliases) : 'nobody'}`
    },
  ],
]

/** The crowd of a place: each request for itself. */
export function startCallers(world: World, client: Client, place: Place): void {
  const { scheduler } = world
  const random = new Random(world.seed, 'callers', place.index)
  const choice = targets.flatMap(([weight, target]) => Array.from({ length: weight }, () => target))
  // Some places are asked rarely.
  const everyMs = world.plan.requestsEveryMs * random.pick([0.3, 1, 1, 1, 20])
  scheduler.after(random.wait(everyMs), ask)

  function ask(): void {
    scheduler.after(random.wait(everyMs), ask)
    const count = random.chance(0.02) ? 5 : 1
    for (let times = 0; times < count; times += 1) {
      void client.fetch({ place, target: random.pick(choice)(random, world) })
    }
  }
}
