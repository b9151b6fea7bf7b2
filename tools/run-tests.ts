import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { chosenPackages } from './chosen-packages.ts'
import { failures } from './failures.ts'

// `turbo run test`, and at its end, where the eye is, what failed and where. Parts of paths as arguments
// choose the test files that have one of them, in all packages.

const parts = process.argv.slice(2)

try {
  run(parts.length === 0 ? [] : [...chosenFilters(), '--', ...parts])
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

/** Turbo's words for the packages that have such a file: the others would fail, for they have none to run. */
function chosenFilters(): readonly string[] {
  const files = globSync('{apps/*,packages/*,tools}/**/*.test.ts', {
    cwd: join(import.meta.dirname, '..'),
    exclude: (name) => name === 'node_modules',
  }).map((file) => file.replaceAll('\\', '/'))
  return chosenPackages(parts, files).map((folder) => `--filter=./${folder}`)
}

function run(args: readonly string[]): void {
  const child = spawn(['turbo run test --continue', ...args].join(' '), {
    shell: true, // it finds turbo on Windows, too
    stdio: ['inherit', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    process.stdout.write(text)
  })
  child.on('close', (code) => {
    for (const failure of failures(output)) process.stdout.write(`Failed in ${failure}\n`)
    process.exitCode = code ?? 1
  })
}
