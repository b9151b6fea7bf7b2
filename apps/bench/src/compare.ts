import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { limit, ours, variant } from './contenders.ts'
import { figure, measured } from './figures.ts'
import { leaveServerCore } from './machine/cores.ts'
import { machine } from './machine/machine.ts'
import { over, roundsOf, speed } from './ratios.ts'
import { readRegion, replaceRegion } from './region.ts'
import { measure } from './rounds.ts'
import { real } from './servers/catalogues.ts'
import { shippedModules } from './servers/modules.ts'
import { startFilledWorld } from './servers/world.ts'
import { table } from './table.ts'

// This app against changed copies of it: `compare 'what was tried=folder of its apps/api' …`.

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    path: { type: 'string', default: '/v1/models' },
    rounds: { type: 'string', default: '25' },
    /** Adds what was found to the README. */
    record: { type: 'boolean', default: false },
  },
})

leaveServerCore()
// Where a package script runs, the folder that it was called from is another.
const from = process.env['INIT_CWD'] ?? process.cwd()
const variants = await Promise.all(
  positionals.map(async (text) => {
    const at = text.lastIndexOf('=')
    return variant(text.slice(0, at), await shippedModules(resolve(from, text.slice(at + 1))))
  }),
)
const again = variant('the same once more', await shippedModules())
await using world = await startFilledWorld(real)
const results = await measure(
  world,
  [limit, ours, again, ...variants],
  { paths: [values.path], status: 200 },
  { rounds: Number(values.rounds), seconds: 0.3 },
)
const asItIs = roundsOf(results, ours.name)
const rows = results.map(({ contender, rounds }) => {
  const ratio = speed(rounds, asItIs)
  const cpu = figure(over(rounds, (round) => round.cpu * 1e6).median)
  return [contender.name, cpu, measured(ratio), `± ${(ratio.error * 100).toFixed(1)} %`]
})
const found = table(['', 'CPU µs', '× by CPU', 'known to'], rows)
process.stdout.write(`${machine()}\n\n${found}\n`)

if (values.record) {
  const readme = new URL('../README.md', import.meta.url)
  const text = readFileSync(readme, 'utf8')
  const before = readRegion(text, 'tried')
  const entry = `\`${values.path}\`:\n\n${found}\n\nMeasured ${machine()}`
  writeFileSync(readme, replaceRegion(text, 'tried', `${before}\n\n${entry}`))
}
