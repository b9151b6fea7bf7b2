import { parseArgs } from 'node:util'
import { breakages } from './breakages/breakages.ts'
import { spoil } from './breakages/spoil.ts'
import { bringTexts } from './texts.ts'

const USAGE = `usage: node src/main.ts COMMAND [options]

  run             many seeds; a line for each that broke a promise
  replay SEED     one seed, told as a story
  shrink SEED     the few faults of a seed that it takes to break its promise
  breakages       breaks the product in many ways, and writes which seed notices into the README
  report          writes how fresh answers are, and what a day costs, into the README

  --seeds 1..10   --places 20   --days 1   --faults 16 (of a day; chance decides unless told)
  --only KIND,…   faults of these kinds only
  --keep 0,3      of the plan's faults only these, as shrink tells them
  --twin          each seed once more, without what is hidden: nobody may see a difference
  --break NAME    with this breakage of the product
`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1..10' },
    places: { type: 'string', default: '20' },
    days: { type: 'string', default: '1' },
    faults: { type: 'string' },
    only: { type: 'string' },
    keep: { type: 'string' },
    break: { type: 'string' },
    twin: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})
const [command = '', seed = '1'] = positionals

const breakage = values.break === undefined ? undefined : breakages[values.break]
if (values.break !== undefined && !breakage) throw new Error(`No breakage is named ${values.break}`)
if (breakage) spoil(breakage)
bringTexts()

// What is imported from here on is the Worker's code.
switch (command) {
  case 'run': {
    const { runSeeds } = await import('./commands/run.ts')
    process.exitCode = await runSeeds(values)
    break
  }
  case 'replay': {
    const { replay } = await import('./commands/replay.ts')
    await replay(seed, values)
    break
  }
  case 'shrink': {
    const { shrinkSeed } = await import('./commands/shrink.ts')
    await shrinkSeed(seed, values)
    break
  }
  case 'breakages': {
    const { tabulate } = await import('./commands/breakages.ts')
    await tabulate()
    break
  }
  case 'report': {
    const { report } = await import('./commands/report.ts')
    await report()
    break
  }
  default:
    process.stderr.write(USAGE)
    process.exitCode = 2
}
