import { CellKv } from './cell-kv.ts'
import { CellUpstream } from './cell-upstream.ts'
import { startCells } from './cells.ts'
import { type KeptName, keptStates, type KvName, kvStates } from './states.ts'
import { type Case, tryCase } from './trial.ts'
import { isAlike, type UpstreamName, upstreamStates } from './upstream-states.ts'

/** Every combination; but an upstream that fails like another one meets only a KV that is healthy. */
export function everyCase(): readonly Case[] {
  return names<KvName>(kvStates).flatMap((kv) =>
    names<UpstreamName>(upstreamStates)
      .filter((upstream) => kv === 'healthy' || !isAlike(upstream))
      .flatMap((upstream) => names<KeptName>(keptStates).map((kept) => ({ kept, upstream, kv }))),
  )
}

/** Tries the cases, many of them in one process, and two processes at once: what does not hold, and how. */
export async function tryAll(cases: readonly Case[]): Promise<readonly string[]> {
  const failures: string[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < cases.length) {
      const batch = cases.slice(next, (next += 60))
      await using started = await startCells(
        batch.map(() => ({ kv: new CellKv(), upstream: new CellUpstream() })),
      )
      const tried = started.cells.map(async (cell, index) => {
        const { kept, kv, upstream } = batch[index]!
        const surprises = await tryCase(cell, batch[index]!).catch((error) => [String(error)])
        const name = `kept ${kept}, upstream ${upstream}, KV ${kv}`
        failures.push(...surprises.map((surprise) => `${name}: ${surprise}`))
      })
      await Promise.all(tried)
    }
  }
  await Promise.all([lane(), lane()])
  return failures
}

function names<Name extends string>(states: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(states) as Name[]
}
