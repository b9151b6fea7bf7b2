import { ask, honoInMemory, honoWithKv, limit, ours } from '../contenders.ts'
import { measured } from '../figures.ts'
import { usageOf } from '../machine/usage.ts'
import { turns } from '../rounds.ts'
import { real } from '../servers/catalogues.ts'
import { startFilledWorld } from '../servers/world.ts'
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
