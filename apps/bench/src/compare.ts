import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ask, content, startConstant } from './contenders.ts'
import { figure } from './figures.ts'
import { leaveServerCore } from './machine/cores.ts'
import { machine } from './machine/machine.ts'
import { usageOf } from './machine/usage.ts'
import { turns } from './rounds.ts'
import { real } from './servers/catalogues.ts'
import { type Modules, shippedModules, wrapped } from './servers/modules.ts'
import { startFilledWorld, startShipped } from './servers/world.ts'
import { quantile } from './statistics.ts'
import { table } from './table.ts'

// This app against changed copies of it: `compare 'what was tried=folder of its apps/api' …`.
// Each is called a thousand times for a request, so that the handler alone is measured, not the network.

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    path: { type: 'string', default: '/v1/models' },
    rounds: { type: 'string', default: '100' },
  },
})

const CALLS = 1000

leaveServerCore()
await using world = await startFilledWorld(real)
await using stack = new AsyncDisposableStack()
const shipped = await shippedModules()
const said = await answerOf(shipped)
const looped = (modules: Modules): Promise<Modules> => wrapped('loop', modules)
// Where a package script runs, the folder that it was called from is another.
const from = process.env['INIT_CWD'] ?? process.cwd()
const entrants = [
  { name: 'a constant answer', server: await startConstant(said, looped) },
  { name: 'as it is', server: await startShipped(world, await looped(shipped)) },
  { name: 'as it is, once more', server: await startShipped(world, await looped(shipped)) },
].map((entrant) => ({ ...entrant, cpu: [] as number[] }))
for (const text of positionals) {
  const at = text.lastIndexOf('=')
  const modules = await shippedModules(resolve(from, text.slice(at + 1)))
  const { body } = await answerOf(modules)
  if (content(body) !== content(said.body)) throw new Error(`${text} answers something else`)
  const server = await startShipped(world, await looped(modules))
  entrants.push({ name: text.slice(0, at), server, cpu: [] })
}
for (const { server } of entrants) stack.defer(() => server.stop())

const warmUp = 5
for (let round = -warmUp; round < Number(values.rounds); round += 1) {
  for (const { cpu, server } of turns(entrants, Math.abs(round))) {
    const before = usageOf(server.pid).cpu
    const { status } = await ask(server.origin, values.path)
    if (status !== said.status) throw new Error(`Expected ${said.status}, got ${status}`)
    if (round >= 0) cpu.push((usageOf(server.pid).cpu - before) / CALLS)
  }
}

const rows = entrants.map(({ cpu, name }) => [
  name,
  figure(undisturbed(cpu) * 1e6),
  figure(undisturbed(entrants[1]?.cpu ?? []) / undisturbed(cpu)),
])
const found = table(['', 'CPU µs of a call', '×'], rows)
process.stdout.write(`${machine()}\n\n${found}\n`)

/**
 * The CPU in the best tenth of the rounds: whatever else the machine does only ever adds to it, by
 * taking caches and sibling threads.
 */
function undisturbed(cpu: readonly number[]): number {
  return quantile(
    cpu.toSorted((one, other) => one - other),
    0.1,
  )
}

async function answerOf(modules: Modules): ReturnType<typeof ask> {
  const server = await startShipped(world, modules)
  try {
    return await ask(server.origin, values.path)
  } finally {
    await server.stop()
  }
}
