import { run } from '../run.ts'
import { timeOf } from '../story.ts'
import { runWithTwin } from '../twin.ts'
import { type Options, planBy, seedsOf } from './wanted.ts'

/** What a seed that broke a promise looks like to a program. */
export interface Found {
  readonly seed: number
  readonly hours: number
  readonly promise: string
  readonly words: string
}

/** Runs them one after the other. For a program, until the first that broke a promise. Gives the exit code. */
export async function runSeeds(options: Options): Promise<number> {
  const seeds = seedsOf(options.seeds)
  let broken = 0
  const shown = new Map<string, number>()
  for (const [index, seed] of seeds.entries()) {
    const plan = planBy(seed, options)
    const { violation, world } = await (options.twin ? runWithTwin(plan) : run(plan))
    for (const [kind, count] of world.witness.shown) shown.set(kind, (shown.get(kind) ?? 0) + count)
    if (!options.json) tellProgress(index + 1, seeds.length)
    if (!violation) continue
    broken += 1
    const { at, promise, words } = violation
    if (options.json) {
      const found: Found = { seed, hours: (at - plan.start) / 3_600_000, promise, words }
      print(JSON.stringify(found))
      return 1
    }
    print(`${seed} ${timeOf(at)} NOT KEPT: ${promise}. ${words}`)
  }
  if (options.json) return 0
  print(`${seeds.length} seeds, ${broken} of them broke a promise`)
  const judged = [...shown].map(([kind, count]) => `${count.toLocaleString('en')} × ${kind}`)
  print(`judged: ${judged.join(', ')}`)
  return broken > 0 ? 1 : 0
}

/** In a terminal each seed, elsewhere now and then. */
function tellProgress(done: number, all: number): void {
  const words = `${done} of ${all} seeds`
  if (process.stderr.isTTY) process.stderr.write(`\r${words}`)
  else if (done % 25 === 0) process.stderr.write(`${words}\n`)
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
