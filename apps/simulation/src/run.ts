import { startCron } from './cron.ts'
import { withoutMachine } from './machine.ts'
import type { Fingerprint } from './invariants/fingerprint.ts'
import type { Fresh } from './invariants/fresh.ts'
import { watch } from './invariants/all.ts'
import { tellOf } from './story.ts'
import { startCallers } from './people/callers.ts'
import { startBrowser } from './people/browsers.ts'
import { startFollower } from './people/followers.ts'
import { startReader } from './people/readers.ts'
import { startWalker } from './people/walkers.ts'
import { checkMended } from './invariants/mended.ts'
import { Client } from './people/client.ts'
import type { Plan } from './plan.ts'
import { Random } from './random.ts'
import { type Violation, World } from './world.ts'

const MINUTE = 60_000
const FOLLOWERS = 6
const BROWSERS = 6
const WALKERS = 3
const READERS = 3

export interface Told {
  readonly violation: Violation | undefined
  readonly world: World
  readonly fresh: Fresh
  readonly fingerprint: Fingerprint
}

interface Listeners {
  /** Is told what happens, in words. */
  readonly tell?: (at: number, words: string) => void
  /** Sees the world before anything happens in it. */
  readonly begin?: (world: World) => void
}

/** One run of a plan. */
export async function run(plan: Plan, { begin, tell }: Listeners = {}): Promise<Told> {
  const world = new World(plan, tell ?? (() => undefined))
  if (tell) tellOf(world)
  begin?.(world)
  const { fingerprint, fresh, operator } = watch(world)
  const { scheduler } = world
  const given = {
    now: () => Math.floor(scheduler.now),
    random: new Random(plan.seed, 'machine'),
    complain: (words: string) => world.violate('no error of its own', words),
  }
  await withoutMachine(given, async () => {
    const client = new Client(world)
    startCron(world)
    for (const place of world.places) startCallers(world, client, place)
    for (let number = 1; number <= FOLLOWERS; number += 1) startFollower(world, client, number)
    for (let number = 1; number <= BROWSERS; number += 1) startBrowser(world, client, number)
    for (let number = 1; number <= WALKERS; number += 1) startWalker(world, client, number)
    for (let number = 1; number <= READERS; number += 1) startReader(world, client, number)
    const endsWell = plan.end > plan.calm
    const check = (): void => {
      if (!operator.isNeeded) void checkMended(world, client)
    }
    if (endsWell) scheduler.at(plan.end - MINUTE, check)
    await scheduler.run(plan.end)
    if (endsWell && !world.violation) world.witness.end()
  })
  return { violation: world.violation, world, fresh, fingerprint }
}
