import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { compile, type Installed, installPacked, run } from '@models-edge/testing/packed'
import { PARTS } from './calls.ts'
import { serve } from './server.ts'
import { runWorker } from './workerd.ts'

// What requests leave in memory, in every runtime: `pnpm test:memory`, or `pnpm test:memory 100000`.

const [, , typed = '20000'] = process.argv
const count = Number(typed)
if (!(count >= 1000)) throw new Error(`expected a count from 1000 on, and not ${typed}`)
/** By which a part of the requests may have made the heap grow: a kept request takes 10 kB and more. */
const MOST_BYTES = 150_000

/** What ended how often in the last part of the requests, and the heap before and after each part. */
interface Outcome {
  readonly ends: Readonly<Record<string, number>>
  readonly heaps: readonly number[]
}

// Without the compiler, whose code would be counted, too.
const runtimes = {
  'Node 24': [process.execPath, '--expose-gc', '--no-opt'],
  // These warn of listeners that wait for a collection: their own, at a signal with which much is asked.
  'Node 22': ['npx', '-y', 'node@22.23.3', '--expose-gc', '--no-opt', '--no-warnings'],
  'Node 20': ['npx', '-y', 'node@20.20.2', '--expose-gc', '--no-opt', '--no-warnings'],
  Deno: ['npx', '-y', 'deno@2.9.6', 'run', '-A', '--v8-flags=--expose-gc,--no-opt'],
  Bun: ['npx', '-y', 'bun@1.4.5', '--expose-gc'],
} as const

using installed = installPacked(join(import.meta.dirname, '..'))
const { folder } = installed
await using server = await serve()
await build(installed)

for (const [name, command] of Object.entries(runtimes)) {
  const said = await run(folder, [...command, 'built/program.js', server.origin, `${count}`])
  judge(name, outcomeOf(said))
}
judge('workerd', await runWorker(folder, server.origin, count))

/** Node 20 runs no TypeScript. */
async function build({ folder: root }: Installed): Promise<void> {
  const files = ['calls.ts', 'program.ts', 'worker.ts']
  for (const file of files) cpSync(join(import.meta.dirname, file), join(root, file))
  const target = { lib: ['ES2024', 'DOM', 'DOM.Iterable'], module: 'nodenext' }
  const emitted = { noEmit: false, rewriteRelativeImportExtensions: true, outDir: 'built' }
  const faults = await compile(root, files, { ...target, ...emitted })
  if (faults) throw new Error(faults)
}

function outcomeOf(said: string): Outcome {
  try {
    return JSON.parse(said) as Outcome
  } catch {
    return { ends: { [said]: 1 }, heaps: [] }
  }
}

/** A leak shows in each part. What the runtime compiles or drops shows in one, so the middle counts. */
function judge(name: string, { ends, heaps }: Outcome): void {
  const grown = heaps.slice(1).map((heap, part) => heap - (heaps[part] ?? NaN))
  const middle = grown.toSorted((a, b) => a - b)[Math.floor(grown.length / 2)] ?? NaN
  const isWell = middle < MOST_BYTES
  if (!isWell) process.exitCode = 1
  const parts = grown.map((bytes) => Math.round(bytes / 1000)).join(', ')
  const all = Object.entries(ends).map(([end, times]) => `${end} ${times}`)
  const each = `kB more after each ${count / PARTS} requests (${all.join(', ')})`
  process.stdout.write(`${name}: ${isWell ? '' : 'fails: '}${parts} ${each}\n`)
}
