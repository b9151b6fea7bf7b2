import {
  bare,
  caches,
  honoInMemory,
  honoWithKv,
  ittyInMemory,
  limit,
  noise,
  ours,
  proxy,
} from '../contenders.ts'
import { measured } from '../figures.ts'
import { over, roundsOf, speed } from '../ratios.ts'
import { measure, type Pace } from '../rounds.ts'
import { real } from '../servers/catalogues.ts'
import { startFilledWorld } from '../servers/world.ts'
import { table } from '../table.ts'

/** The list as everybody asks for it, from all contenders. */
export async function serving(pace: Pace): Promise<string> {
  await using world = await startFilledWorld(real)
  const workers = [limit, noise, bare, ours, ittyInMemory, honoInMemory, honoWithKv, proxy]
  const contenders = [...workers, ...caches]
  const results = await measure(world, contenders, { paths: ['/v1/models'], status: 200 }, pace)
  const best = roundsOf(results, limit.name)
  const rows = results.map(({ contender, rounds }) => [
    contender.name,
    measured(over(rounds, ({ cpu }) => cpu * 1e6)),
    measured(speed(rounds, best)),
  ])
  const withKv = speed(roundsOf(results, ours.name), roundsOf(results, honoWithKv.name))
  return [
    table(['', 'CPU µs', '×'], rows),
    `models-edge is ${measured(withKv)} times as fast as Hono with a KV read per request. ${pace.rounds} rounds of ${pace.seconds} s.`,
  ].join('\n\n')
}
