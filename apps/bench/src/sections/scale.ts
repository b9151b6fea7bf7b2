import { bytes, count, figure, measured } from '../figures.ts'
import { usageOf } from '../machine/usage.ts'
import type { Pace } from '../rounds.ts'
import { PAGES, slowdowns } from '../scale.ts'
import { manySmall } from '../servers/catalogues.ts'
import type { Running } from '../servers/running.ts'
import {
  published,
  served,
  SNAPSHOT,
  startShipped,
  startWorld,
  type World,
} from '../servers/world.ts'
import { table } from '../table.ts'

/** Catalogues from ten models to as many as upstream is asked for. */
export async function scale(sizes: readonly number[], pace: Pace): Promise<string> {
  await using stack = new AsyncDisposableStack()
  const services: { size: number; server: Running }[] = []
  const rows: string[][] = []
  for (const size of sizes) {
    const world = stack.use(await startWorld(manySmall(size)))
    const synced = await synchronize(world)
    const server = await startShipped(world)
    stack.defer(() => server.stop())
    const reading = await firstAnswer(server)
    services.push({ size, server })
    rows.push([
      count(size),
      bytes(Buffer.byteLength(world.kv.values.get(SNAPSHOT) ?? '')),
      figure(synced.ms),
      figure(synced.cpuMs),
      bytes(synced.resident),
      figure(reading.ms),
      figure(reading.cpuMs),
      bytes(reading.resident),
    ])
  }
  const slower = await slowdowns(services, pace)
  const ratios = services.map(({ size }, place) => [
    count(size),
    ...[...slower.values()].map((summaries) => {
      const summary = summaries[place]
      return summary ? measured(summary) : '–'
    }),
  ])
  return [
    table(
      [
        'models',
        'snapshot',
        'first sync, ms',
        'CPU ms',
        'memory',
        'from KV, ms',
        'CPU ms',
        'memory',
      ],
      rows,
    ),
    'How many times as long as in the catalogue of ten, by CPU; no answer was remembered:',
    table(['models', ...Object.keys(PAGES)], ratios),
  ].join('\n\n')
}

async function synchronize(world: World): ReturnType<typeof firstAnswer> {
  const server = await startShipped(world)
  try {
    const answer = await firstAnswer(server)
    await published(world)
    return answer
  } finally {
    await server.stop()
  }
}

/** What it takes a service that has just started to answer. */
async function firstAnswer({ origin, pid }: Running): Promise<{
  readonly ms: number
  readonly cpuMs: number
  readonly resident: number
}> {
  const start = performance.now()
  await served(origin)
  const ms = performance.now() - start
  const { cpu, resident } = usageOf(pid)
  return { ms, cpuMs: cpu * 1000, resident }
}
