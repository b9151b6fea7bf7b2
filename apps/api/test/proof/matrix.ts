import { setTimeout as sleep } from 'node:timers/promises'
import { CellKv } from './cell-kv.ts'
import { CellUpstream } from './cell-upstream.ts'
import { startCells } from './cells.ts'
import { type KvName, type KvState, kvStates } from './kv-states.ts'
import { type SnapshotName, snapshotStates } from './snapshots.ts'
import { type Case, tryCase } from './trial.ts'
import { type UpstreamName, type UpstreamState, upstreamStates } from './upstream-states.ts'

/** What became of a case: nothing that surprised, where it holds. */
export interface Result extends Case {
  readonly surprises: readonly string[]
}

const namesOf = {
  snapshot: Object.keys(snapshotStates) as SnapshotName[],
  upstream: Object.keys(upstreamStates) as UpstreamName[],
  kv: Object.keys(kvStates) as KvName[],
} as const

/** Every combination, those that wait longest first. */
export function everyCase(): readonly Case[] {
  const cases = namesOf.kv.flatMap((kv) =>
    namesOf.upstream.flatMap((upstream) =>
      namesOf.snapshot.map((snapshot): Case => ({ snapshot, upstream, kv })),
    ),
  )
  return cases.toSorted((one, other) => patience(other) - patience(one))
}

/** Whether a case counts on what is done in time: it wants a machine that is not busy with others. */
export function isPatient({ kv }: Case): boolean {
  return kvStates[kv].delayMs > 0
}

/** Whether a case takes no longer than a little work. */
export function isQuick(named: Case): boolean {
  return patience(named) === 0
}

function patience({ kv, upstream }: Case): number {
  const { delayMs, heals }: KvState = kvStates[kv]
  const { costly }: UpstreamState = upstreamStates[upstream]
  return delayMs + (costly ? 1 : 0) + (heals ? 1 : 0)
}

/** Tries the cases, so many of them in one process, and so many processes at once. */
export async function tryAll(
  cases: readonly Case[],
  { perProcess = 60, atOnce = 2 } = {},
): Promise<readonly Result[]> {
  const results: Result[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < cases.length) {
      const batch = cases.slice(next, (next += perProcess))
      await using process = await startCells(
        batch.map(({ upstream }) => ({
          kv: new CellKv(),
          upstream: new CellUpstream(),
          refuses: !('answer' in upstreamStates[upstream]),
        })),
      )
      await Promise.all(
        batch.map(async (named, index) => {
          if (isPatient(named)) await sleep(index * 40) // not all begin at the same moment
          const cell = process.cells[index]
          if (!cell) throw new Error('there is a cell for each case')
          const surprises = await tryCase(cell, named).catch((error: unknown) => [String(error)])
          results.push({ ...named, surprises })
        }),
      )
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return results
}

/** How many of the KV states each combination of snapshot and upstream held in, and the total. */
export function tableOf(results: readonly Result[]): string {
  const width = Math.max(...namesOf.upstream.map((name) => name.length))
  const held = (some: readonly Result[]): string =>
    some.length === 0
      ? '-'
      : `${some.filter(({ surprises }) => surprises.length === 0).length}/${some.length}`
  const rows = namesOf.upstream.map((upstream) => {
    const row = results.filter((result) => result.upstream === upstream)
    const cells = namesOf.snapshot.map((snapshot) =>
      held(row.filter((result) => result.snapshot === snapshot)),
    )
    return line(upstream, cells)
  })
  return [
    ...namesOf.snapshot.map((name, index) => `${letter(index)} = ${name}`),
    line(
      'upstream \\ snapshot',
      namesOf.snapshot.map((_, index) => letter(index)),
    ),
    ...rows,
    `${held(results)} cells hold`,
  ].join('\n')

  function line(name: string, cells: readonly string[]): string {
    return `${name.padEnd(width)} ${cells.map((cell) => cell.padStart(4)).join('')}`
  }
}

function letter(index: number): string {
  return String.fromCodePoint('A'.codePointAt(0)! + index)
}

/** What does not hold, and how it was instead. */
export function failuresOf(results: readonly Result[]): readonly string[] {
  return results.flatMap(({ kv, snapshot, surprises, upstream }) =>
    surprises.map((each) => `snapshot ${snapshot}, upstream ${upstream}, KV ${kv}: ${each}`),
  )
}
