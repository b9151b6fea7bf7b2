import { parseArgs } from 'node:util'
import { bringTexts } from './texts.ts'

bringTexts()

// What is imported from here on is the Worker's code, with the texts that it brings along.
const { planOf } = await import('./plan.ts')
const { run } = await import('./run.ts')
const { timeOf } = await import('./story.ts')

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1..10' },
    places: { type: 'string', default: '20' },
    days: { type: 'string', default: '1' },
    faults: { type: 'string' },
  },
})
const [command, seed] = positionals
const wanted = {
  places: Number(values.places),
  days: Number(values.days),
  ...(values.faults !== undefined && { faults: Number(values.faults) }),
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

switch (command) {
  case 'replay': {
    await run(planOf({ ...wanted, seed: seed ?? 1 }), (at, words) =>
      print(`${timeOf(at)} ${words}`),
    )
    break
  }
  case 'run': {
    const [first = 1, last = first] = values.seeds.split('..').map(Number)
    for (let number = first; number <= last; number += 1) {
      const { violation } = await run(planOf({ ...wanted, seed: number }))
      if (!violation) continue
      process.exitCode = 1
      print(`${number} ${timeOf(violation.at)} NOT KEPT: ${violation.promise}. ${violation.words}`)
    }
    break
  }
  case undefined:
  default:
    print(
      'usage: node src/main.ts run --seeds 1..10 | replay SEED  [--places N --days D --faults N]',
    )
    process.exitCode = 1
}
