import {
  ask,
  caches,
  type Contender,
  honoInMemory,
  honoWithKv,
  limit,
  ours,
  proxy,
} from '../contenders.ts'
import { count, figure, measured } from '../figures.ts'
import { load } from '../load.ts'
import { usageOf } from '../machine/usage.ts'
import { turns } from '../rounds.ts'
import { real } from '../servers/catalogues.ts'
import { startFilledWorld, startWorld } from '../servers/world.ts'
import { summarize } from '../statistics.ts'
import { table } from '../table.ts'

const LIST = '/v1/models'

/** From the start of the process to the first answer, KV filled. */
export async function coldIsolate(starts: number): Promise<string> {
  await using world = await startFilledWorld(real)
  const ready = await ours.start(world, { status: 0, headers: {}, body: new Uint8Array() })
  const said = await ask(ready.origin, LIST)
  await ready.stop()
  const contenders = [limit, ours, honoInMemory, honoWithKv]
  const took = new Map(contenders.map((contender) => [contender, { ms: [0], cpu: [0] }]))
  for (let round = -1; round < starts; round += 1) {
    for (const contender of turns(contenders, Math.max(0, round))) {
      const start = performance.now()
      const server = await contender.start(world, said)
      await ask(server.origin, LIST)
      const ms = performance.now() - start
      const { cpu } = usageOf(server.pid)
      await server.stop()
      // The very first one fills the system's caches.
      if (round < 0) continue
      took.get(contender)?.ms.push(ms)
      took.get(contender)?.cpu.push(cpu)
    }
  }
  const rows = [...took].map(([{ name }, { cpu, ms }]) => [
    name,
    measured(summarize(ms.slice(1))),
    measured(summarize(cpu.slice(1).map((seconds) => seconds * 1000))),
  ])
  return table(['', 'ms to the first answer', 'CPU ms'], rows)
}

const WAITING = 500
const DELAY_MS = 1000

/** Many requests at once, nothing in any cache, and an upstream that takes its time. */
export async function storm(): Promise<string> {
  const rows: string[][] = []
  const contenders: readonly Contender[] = [ours, proxy, ...caches]
  for (const contender of contenders) {
    await using world = await startWorld(real, DELAY_MS)
    const server = await contender.start(world, { status: 0, headers: {}, body: new Uint8Array() })
    try {
      const { p50, requests, seconds } = await load({
        origin: server.origin,
        paths: [LIST],
        status: 200,
        connections: WAITING,
        requests: WAITING,
        seconds: 60,
      })
      const calls = count(world.upstream.calls())
      rows.push([contender.name, count(requests), calls, figure(p50 / 1000), figure(seconds)])
    } finally {
      await server.stop()
    }
  }
  const head = ['', 'answered', 'upstream calls', 's until half', 's until all']
  return `${table(head, rows)}\n\nOf the calls of models-edge, one is for the list, which is what it waits for, and the others ask what the aliases stand for.`
}
