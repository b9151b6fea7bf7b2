import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { leaveServerCore } from './machine/cores.ts'
import { machine, versions } from './machine/machine.ts'
import { replaceRegion } from './region.ts'
import { sections } from './sections/sections.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    'no-write': { type: 'boolean', default: false },
  },
})

const readme = new URL('../README.md', import.meta.url)
const wanted = values.only?.split(',')

leaveServerCore()
say(versions())
for (const [name, run] of Object.entries(sections)) {
  if (wanted && !wanted.includes(name)) continue
  const start = performance.now()
  const measured = `Measured ${machine()}\n\n${versions()}.`
  const content = await run(values.quick)
  const seconds = ((performance.now() - start) / 1000).toFixed(0)
  say(`\n## ${name} (${seconds} s)\n\n${content}\n\n${measured}`)
  // A hurried run is for looking at, and each section is written when it is done.
  if (values['no-write'] || values.quick) continue
  const text = replaceRegion(readFileSync(readme, 'utf8'), name, `${content}\n\n${measured}`)
  writeFileSync(readme, text)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
