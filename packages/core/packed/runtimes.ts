import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { outputs, run, writeExamples } from './examples.ts'
import { install, pack } from './pack.ts'
import { serve } from './server.ts'

// The README's examples, under runtimes that are too large to be dependencies.

const runtimes = {
  Deno: ['npx', '-y', 'deno@2.9.6', 'run', '--allow-net=127.0.0.1', '--allow-env'],
  Bun: ['npx', '-y', 'bun@1.4.5', 'run'],
} as const

using folder = mkdtempDisposableSync(join(tmpdir(), 'core-'))
install(pack(folder.path), folder.path)
const files = writeExamples(folder.path)
const { server, url } = await serve()

for (const [name, command] of Object.entries(runtimes)) {
  let faults = ''
  for (const [place, file] of files.entries()) {
    const told = await run(folder.path, url, [...command, file])
    if (!outputs[place]?.test(told)) faults += `\n${file} writes ${told}`
  }
  if (faults) process.exitCode = 1
  process.stdout.write(`${name}: the packed package ${faults ? `fails:${faults}` : 'works'}\n`)
}

server.close()
