import { parseArgs } from 'node:util'
import { breakages } from './breakages/breakages.ts'
import { spoil } from './breakages/spoil.ts'
import { bringTexts } from './texts.ts'
import { wholeOf } from './commands/number.ts'
import { WrongOption } from './wrong-option.ts'

const USAGE = `usage: node src/main.ts COMMAND [options]

  run             many seeds; a line for each that broke a promise
  replay SEED     one seed, told as a story
  shrink SEED     the few faults of a seed that it takes to break its promise
  kept            the seeds that once broke a promise; with --break, those that it puts back
  breakages       breaks the product in many ways, and writes which seed notices into the README
  report          writes how fresh answers are, and what a day costs, into the README

  --seeds 1..10   --places 20   --days 1   --faults 16 (of a day; chance decides unless told)
  --news 40       minutes between two events upstream; chance decides unless told
  --only KIND,…   faults of these kinds only
  --keep 0,3      of the plan's faults only these, as shrink tells them
  --twin          with run: each seed once more, without what is hidden; nobody may see a difference
  --json          with run: ends with the first that broke a promise, as JSON
  --break NAME    with this breakage of the product
`

try {
  process.exitCode = await main()
} catch (error) {
  // What was typed wrongly is told in a sentence; all else is a mistake of this program.
  if (!(error instanceof WrongOption) && !isOfParseArgs(error)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}

function isOfParseArgs(error: unknown): error is Error {
  return error instanceof TypeError && 'code' in error && String(error.code).includes('PARSE_ARGS')
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      seeds: { type: 'string', default: '1..10' },
      places: { type: 'string', default: '20' },
      days: { type: 'string', default: '1' },
      faults: { type: 'string' },
      news: { type: 'string' },
      only: { type: 'string' },
      keep: { type: 'string' },
      break: { type: 'string' },
      help: { type: 'boolean', default: false },
      twin: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const [command = '', ...rest] = positionals
  if (values.help) {
    process.stdout.write(USAGE)
    return 0
  }
  const checkBroken = values.break === undefined ? undefined : breakOne(values.break)
  bringTexts()

  // What is imported from here on is the Worker's code.
  switch (command) {
    case 'run': {
      const { runSeeds } = await import('./commands/run.ts')
      checkBroken?.()
      refuseWords(rest)
      return runSeeds(values)
    }
    case 'replay': {
      const { replay } = await import('./commands/replay.ts')
      checkBroken?.()
      return replay(seedIn(rest, values), values)
    }
    case 'shrink': {
      const { shrinkSeed } = await import('./commands/shrink.ts')
      checkBroken?.()
      return shrinkSeed(seedIn(rest, values), values)
    }
    case 'kept': {
      const { runKept } = await import('./commands/kept.ts')
      checkBroken?.()
      refuseWords(rest)
      return runKept(values.break)
    }
    case 'breakages': {
      const { tabulate } = await import('./commands/breakages.ts')
      refuseWords(rest)
      return tabulate()
    }
    case 'report': {
      const { report } = await import('./commands/report.ts')
      refuseWords(rest)
      await report()
      return 0
    }
    default:
      process.stderr.write(USAGE)
      return 2
  }
}

/** The seed of a command that takes one. */
function seedIn(
  [seed, ...others]: readonly string[],
  { twin }: { readonly twin: boolean },
): number {
  if (seed === undefined) throw new WrongOption('Which seed? For example: replay 7')
  if (twin) throw new WrongOption('--twin goes with run: two runs have no one story')
  refuseWords(others)
  return wholeOf('A seed', seed, 0)
}

function refuseWords(words: readonly string[]): void {
  if (words.length === 0) return
  throw new WrongOption(`${words.join(' ')} is not understood; seeds of run are --seeds 1..10`)
}

function breakOne(name: string): () => void {
  const breakage = Object.hasOwn(breakages, name) ? breakages[name] : undefined
  if (breakage) return spoil(breakage)
  throw new WrongOption(
    `No breakage is named ${name}. There are:\n${Object.keys(breakages).join('\n')}`,
  )
}
