import { execFile } from 'node:child_process'
import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual, promisify } from 'node:util'
import { install, pack } from './packed.ts'
import { serve } from './server.ts'

// The program of the packed test, under runtimes that are too large to be dependencies.

/** The program needs a second or two; a timer of ten seconds that is left behind keeps it from ending. */
const MAX_MS = 8000

const runtimes = {
  Node: ['node'],
  Deno: ['npx', '-y', 'deno@2.9.6', 'run', '--allow-net=127.0.0.1'],
  Bun: ['npx', '-y', 'bun@1.4.5', 'run'],
} as const

const execute = promisify(execFile)
using folder = mkdtempDisposableSync(join(tmpdir(), 'core-'))
install(pack(folder.path), folder.path)
const { server, url } = await serve()
const outputs: unknown[] = []

for (const [name, [command, ...options]] of Object.entries(runtimes)) {
  try {
    // So that a download does not count.
    await execute(command, [...options.slice(0, 2), '--version'])
    const begun = performance.now()
    const { stdout } = await execute(command, [...options, 'main.ts', url], { cwd: folder.path })
    const ms = Math.round(performance.now() - begun)
    if (ms > MAX_MS) throw new Error(`it takes ${ms} ms to end, over ${MAX_MS}`)
    outputs.push(JSON.parse(stdout))
    const well = isDeepStrictEqual(outputs.at(-1), outputs[0])
    if (!well) process.exitCode = 1
    process.stdout.write(
      `${name}: ${well ? 'the packed package works' : `other answers: ${stdout}`}\n`,
    )
  } catch (error) {
    process.exitCode = 1
    process.stdout.write(`${name}: the packed package fails: ${String(error)}\n`)
  }
}

server.close()
