import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ask } from '../contenders.ts'
import { measured } from '../figures.ts'
import { mainThreadCpu } from '../machine/usage.ts'
import { turns } from '../rounds.ts'
import { aliased, type Sized } from '../servers/catalogues.ts'
import { contenderModules, type Modules, wrapped } from '../servers/modules.ts'
import type { Running } from '../servers/running.ts'
import { startShipped, startWorld, type World } from '../servers/world.ts'
import { pairedRatio, type Summary, summarize } from '../statistics.ts'
import { table } from '../table.ts'

/** What happens in an isolate that has done nothing yet. */
interface Invocation {
  readonly name: string
  readonly path: string
  /** What the Keeper has: nothing, or all that syncs up to `BASE` have found. */
  readonly kept: 'nothing' | 'all'
  /** After `BASE`. */
  readonly laterMs: number
}

const MINUTE = 60_000

/** After so many, all aliases are known. */
const SYNCS = 5

/** A sync writes to KV when it is the first one in its five minutes: this one was. */
const BASE = Math.floor(Date.now() / (5 * MINUTE)) * 5 * MINUTE

const invocations: readonly Invocation[] = [
  { name: 'a tick, nothing new', path: '/tick', kept: 'all', laterMs: MINUTE },
  { name: 'a tick that renews KV', path: '/tick', kept: 'all', laterMs: 5 * MINUTE },
  { name: 'a tick, aliases due', path: '/tick', kept: 'all', laterMs: 71 * MINUTE },
  { name: 'a first sync', path: '/tick', kept: 'nothing', laterMs: 0 },
  { name: 'GET /v1/models', path: '/v1/models', kept: 'all', laterMs: 0 },
  { name: 'GET /', path: '/', kept: 'all', laterMs: 0 },
]

/** Of the main thread, in milliseconds: in a process of its own each, from the request to the answer. */
interface Cost {
  readonly invocation: string
  readonly models: number
  readonly ours: Summary
  readonly least: Summary
  readonly ratio: Summary
}

async function costs(sizes: readonly Sized[], starts: number): Promise<readonly Cost[]> {
  const found: Cost[] = []
  for (const size of sizes) {
    await using world = await startWorld(aliased(size))
    const ours = await wrapped('invoked', world.shipped)
    const least = await wrapped('invoked', await contenderModules('least'))
    await using disks = await filled(world, [ours, least])
    for (const invocation of invocations) {
      const took = new Map([ours, least].map((modules) => [modules, [] as number[]]))
      for (let round = -1; round < starts; round += 1) {
        for (const modules of turns([ours, least], Math.max(0, round))) {
          const ms = await one(world, modules, invocation, disks.of(modules))
          // The very first one fills the system's caches.
          if (round >= 0) took.get(modules)?.push(ms)
        }
      }
      const [own = [], other = []] = took.values()
      found.push({
        invocation: invocation.name,
        models: size.models,
        ours: summarize(own),
        least: summarize(other),
        ratio: pairedRatio(own, other),
      })
    }
  }
  return found
}

/** What each invocation costs an isolate that has done nothing yet, beside the least code that does it. */
export async function invocationsTable(sizes: readonly Sized[], starts: number): Promise<string> {
  const rows = (await costs(sizes, starts)).map(({ invocation, least, models, ours, ratio }) => [
    `${invocation}, ${models} models`,
    measured(ours),
    measured(least),
    measured(ratio),
  ])
  return table(['', 'models-edge, ms', 'least code, ms', 'times as long'], rows)
}

/** The folders of objects that have done a whole sync. */
async function filled(
  world: World,
  contenders: readonly Modules[],
): Promise<AsyncDisposable & { of(modules: Modules): string }> {
  const folders = new Map<Modules, string>()
  for (const modules of contenders) {
    const folder = await mkdtemp(join(tmpdir(), 'models-edge-bench-disk-'))
    folders.set(modules, folder)
    // A sync asks for a few aliases only.
    for (let minute = 1 - SYNCS; minute <= 0; minute += 1) {
      const server = await startShipped(world, modules, at(minute * MINUTE), folder)
      await ask(server.origin, '/tick')
      await server.stop()
    }
  }
  return {
    of: (modules) => folders.get(modules) ?? '',
    async [Symbol.asyncDispose]() {
      for (const folder of folders.values()) await rm(folder, { recursive: true })
    },
  }
}

/** The clock of a service. */
function at(afterBase: number): { readonly LATER: string } {
  return { LATER: String(BASE + afterBase - Date.now()) }
}

async function one(
  world: World,
  modules: Modules,
  { kept, laterMs, path }: Invocation,
  disk: string,
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'models-edge-bench-disk-'))
  const values = new Map(world.kv.values)
  if (kept === 'all') await cp(disk, folder, { recursive: true })
  else world.kv.values.clear()
  const server = await startShipped(world, modules, at(laterMs), folder)
  try {
    const before = await settled(server)
    const { status } = await ask(server.origin, path)
    if (status !== 200) throw new Error(`${path}: ${status}`)
    return (await settled(server)) - before
  } finally {
    await server.stop()
    await rm(folder, { recursive: true })
    for (const [key, value] of values) world.kv.values.set(key, value)
  }
}

/** The milliseconds that the main thread has used, once it does nothing any more. */
async function settled({ pid }: Running): Promise<number> {
  for (let last = mainThreadCpu(pid); ;) {
    await sleep(30)
    const now = mainThreadCpu(pid)
    if (now === last) return now * 1000
    last = now
  }
}
