import { scaleBudgets, servingBudgets, unrememberedBudgets, type Verdict } from './budgets.ts'
import { ours } from './contenders.ts'
import { figure, measured } from './figures.ts'
import { leaveServerCore } from './machine/cores.ts'
import { machine } from './machine/machine.ts'
import type { Pace } from './rounds.ts'
import { table } from './table.ts'

// Ends with 1 where a budget of the design is not kept. What a busy machine spoils is measured again,
// longer: only what fails twice has failed.

const PACE: Pace = { rounds: 15, seconds: 0.3 }

leaveServerCore()
process.stdout.write(`${machine()}\n`)
if (!((await keep(PACE)) || (await keep({ ...PACE, rounds: PACE.rounds * 2 })))) {
  process.stdout.write('A budget is not kept.\n')
  process.exitCode = 1
}

async function keep(pace: Pace): Promise<boolean> {
  const { noise, verdicts: serving } = await servingBudgets(ours, pace)
  const verdicts = [
    ...serving,
    ...(await unrememberedBudgets(ours, pace)),
    ...(await scaleBudgets(ours, pace)),
  ]
  const rows = verdicts.map(row)
  const differs = `the same Worker twice: ${measured(noise)}, known to ${figure(noise.error * 100)} %`
  process.stdout.write(
    `\n${table(['budget', '', 'measured', 'known to', ''], rows)}\n\nNoise, ${differs}.\n`,
  )
  return verdicts.every(({ kept }) => kept)
}

function row({ budget, kept, name, ratio }: Verdict): readonly string[] {
  const known = `± ${figure(ratio.error * 100)} %`
  return [name, budget, figure(ratio.median), known, kept ? 'kept' : 'NOT KEPT']
}
