import { execFile } from 'node:child_process'
import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { install, pack } from './pack.ts'
import { serve } from './server.ts'

// The program of the packed test, under runtimes that are too large to be dependencies.

const runtimes = {
  Node: ['node'],
  Deno: ['npx', '-y', 'deno@2.9.6', 'run', '--allow-net=127.0.0.1'],
  Bun: ['npx', '-y', 'bun@1.4.5', 'run'],
} as const

/** Only a program that hangs needs so long, downloads included. */
const HANGS_MS = 600_000

using folder = mkdtempDisposableSync(join(tmpdir(), 'core-'))
install(pack(folder.path), folder.path)
const { server, url } = await serve()
const told = await run(['node'])

for (const [name, command] of Object.entries(runtimes)) {
  const outcome = await run(command).catch(String)
  if (outcome !== told) process.exitCode = 1
  const verdict = outcome === told ? 'the packed package works' : `not as in Node: ${outcome}`
  process.stdout.write(`${name}: ${verdict}\n`)
}

server.close()

async function run([command, ...options]: readonly [string, ...string[]]): Promise<string> {
  const given = [...options, 'program.ts', url]
  const ran = promisify(execFile)(command, given, { cwd: folder.path, timeout: HANGS_MS })
  return (await ran).stdout
}
