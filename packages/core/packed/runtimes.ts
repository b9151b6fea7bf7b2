import { installPacked } from '@models-edge/testing/packed'
import { outputs, runExample, source, writeExamples } from './examples.ts'
import { serve } from './server.ts'

// The README's examples, under runtimes that are too large to be dependencies.

const runtimes = {
  Deno: ['npx', '-y', 'deno@2.9.6', 'run', '--allow-net=127.0.0.1', '--allow-env'],
  Bun: ['npx', '-y', 'bun@1.4.5', 'run'],
} as const

using installed = installPacked(source)
await using server = await serve()
const examples = writeExamples(installed.folder)

for (const [name, command] of Object.entries(runtimes)) {
  let faults = ''
  for (const [place, example] of examples.entries()) {
    const told = await runExample(installed.folder, server.origin, [...command, example])
    if (!outputs[place]?.test(told)) faults += `\n${example} writes ${told}`
  }
  if (faults) process.exitCode = 1
  process.stdout.write(`${name}: the packed package ${faults ? `fails:${faults}` : 'works'}\n`)
}
