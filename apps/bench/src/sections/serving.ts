import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
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
import { count, figure, measured } from '../figures.ts'
import { outputOf } from '../machine/machine.ts'
import { over, perSecond, roundsOf, speed, throughput } from '../ratios.ts'
import { measure, type Pace } from '../rounds.ts'
import { real } from '../servers/catalogues.ts'
import { startFilledWorld, startShipped } from '../servers/world.ts'
import { table } from '../table.ts'

const run = promisify(execFile)

/** The list as everybody asks for it, from all contenders. */
export async function serving(pace: Pace): Promise<string> {
  await using world = await startFilledWorld(real)
  const workers = [limit, noise, bare, ours, ittyInMemory, honoInMemory, honoWithKv, proxy]
  const contenders = [...workers, ...caches]
  const results = await measure(world, contenders, { paths: ['/v1/models'], status: 200 }, pace)
  const best = roundsOf(results, limit.name)
  const rows = results.map(({ contender, rounds }) => [
    contender.name,
    measured(over(rounds, perSecond)),
    figure(over(rounds, ({ p50 }) => p50).median),
    figure(over(rounds, ({ p99 }) => p99).median),
    measured(over(rounds, ({ cpu }) => cpu * 1e6)),
    measured(speed(rounds, best)),
    measured(throughput(rounds, best)),
  ])
  const own = roundsOf(results, ours.name)
  const withKv = roundsOf(results, honoWithKv.name)
  return [
    table(['', 'requests/s', 'p50 ms', 'p99 ms', 'CPU µs', '× by CPU', '× by throughput'], rows),
    `models-edge is ${measured(speed(own, withKv))} times as fast as Hono with a KV read per request by CPU, and ${measured(throughput(own, withKv))} times by throughput. ${pace.rounds} rounds of ${pace.seconds} s.`,
    await crossCheck(world),
  ].join('\n\n')
}

/** What another program finds, where it is installed. */
async function crossCheck(world: Parameters<typeof startShipped>[0]): Promise<string> {
  if (outputOf('which', ['wrk']) === '') return '`wrk` is not installed: no cross-check.'
  const server = await startShipped(world)
  try {
    const command = ['-t1', '-c32', '-d3s', `${server.origin}/v1/models`]
    // Not to be waited for in a way that stops KV, which is in this process. The first run warms up.
    await run('wrk', command)
    const found = /Requests\/sec: +([\d.]+)/.exec((await run('wrk', command)).stdout)
    return `\`wrk\`, as a cross-check of the load: ${count(Number(found?.[1]))} requests/s of models-edge.`
  } finally {
    await server.stop()
  }
}
