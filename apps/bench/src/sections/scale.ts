import { setTimeout as sleep } from 'node:timers/promises'
import { bytes, count, figure, measured } from '../figures.ts'
import { usageOf } from '../machine/usage.ts'
import type { Pace } from '../rounds.ts'
import { PAGES, slowdowns } from '../scale.ts'
import { manySmall } from '../servers/catalogues.ts'
import type { Running } from '../servers/running.ts'
import type { Catalogue } from '../servers/upstream.ts'
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

/** What happens to a service of a thousand models when upstream has more than it can hold. */
export async function beyond(): Promise<string> {
  const small = manySmall(1000)
  const cases: readonly [string, Catalogue][] = [
    ['30,001 models', manySmall(30_001)],
    ['2,050 models, 3.6 MiB', manySmall(2050, 1750)],
  ]
  const rows: string[][] = []
  for (const [name, after] of cases) rows.push([name, ...(await overflow(small, after))])
  return table(['upstream then has', 'the sync ends with', 'served then', 'the copy in KV'], rows)
}

async function overflow(before: Catalogue, after: Catalogue): Promise<readonly string[]> {
  await using small = await startWorld(before)
  await synchronize(small)
  await using large = await startWorld(after)
  const old = aged(small.kv.values.get(SNAPSHOT) ?? '', large.upstream.origin)
  await fetch(`${large.kv.origin}/${SNAPSHOT}`, { method: 'PUT', body: old })
  const server = await startShipped(large)
  try {
    // Too old for the cron to be at work: whoever asks is answered from it, and a sync begins behind.
    const reason = await reasonOfFailure(server.origin)
    const { models } = await healthOf(server.origin)
    const kept = modelsIn(large.kv.values.get(SNAPSHOT) ?? '') === modelsIn(old)
    return [reason, `${count(models)} models`, kept ? 'as it was' : 'replaced']
  } finally {
    await server.stop()
  }
}

/** The snapshot as if it had been made long ago, of that upstream. */
function aged(snapshot: string, base_url: string): string {
  const at = new Date(Date.now() - 60 * 60_000).toISOString()
  const made = JSON.parse(snapshot) as { readonly source: object }
  const source = { ...made.source, base_url }
  return JSON.stringify({ ...made, source, synced_at: at, written_at: at })
}

function modelsIn(snapshot: string): string {
  return JSON.stringify((JSON.parse(snapshot) as { readonly models: unknown }).models)
}

interface Health {
  readonly models: number
  readonly last_failure: { readonly reason: string } | null
}

async function healthOf(origin: string): Promise<Health> {
  return (await (await fetch(`${origin}/health`)).json()) as Health
}

async function reasonOfFailure(origin: string): Promise<string> {
  for (let tries = 0; tries < 900; tries += 1) {
    const { last_failure: failure } = await healthOf(origin)
    if (failure) return failure.reason
    await sleep(100)
  }
  return 'no failure'
}
