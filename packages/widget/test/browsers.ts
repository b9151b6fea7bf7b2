import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { aptInstall } from './apt.ts'
import { findProgram } from './program.ts'

// The specs in the browsers that are too large to be packages. Says what to install where one is missing.
// With --install it installs that itself where it may, and leaves out what it cannot have.

const specs = ['elements', 'model-list', 'model-picker', 'looks', 'readme']

interface Needs {
  readonly name: string
  /** Of each one, the first name that is there. */
  readonly programs: readonly (readonly string[])[]
  readonly packages: readonly string[]
}

const browsers: readonly Needs[] = [
  { name: 'firefox', programs: [['firefox-esr', 'firefox']], packages: ['firefox-esr'] },
  {
    name: 'webkit',
    programs: [['WebKitWebDriver'], ['Xvfb']],
    packages: ['webkit2gtk-driver', 'xvfb'],
  },
]

const { positionals: asked, values } = parseArgs({
  options: { install: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const wanted = browsers.filter(({ name }) => asked.length === 0 || asked.includes(name))
const vitest = dirname(createRequire(import.meta.url).resolve('vitest/package.json'))

if (values.install) {
  aptInstall(wanted.filter((needs) => missing(needs).length > 0).map(({ packages }) => packages))
}
for (const needs of wanted) {
  if (missing(needs).length === 0) run(needs.name)
  else refuse(needs)
}

function missing({ programs }: Needs): readonly string[] {
  return programs
    .filter((names) => findProgram(...names) === undefined)
    .map((names) => names.join(' or '))
}

function refuse(needs: Needs): void {
  const { name, packages } = needs
  if (!values.install) process.exitCode = 1
  const lacking = `Not installed: ${missing(needs).join(', ')}`
  const hint = `on Debian and Ubuntu: apt-get install ${packages.join(' ')}`
  process.stderr.write(`${values.install ? 'Left out: ' : ''}${name}. ${lacking}; ${hint}\n`)
}

function run(name: string): void {
  const display = name === 'webkit' ? startDisplay() : undefined
  // One file at a time: a browser with a screen has one focus.
  const options = ['run', '--no-file-parallelism', ...specs]
  const { status } = spawnSync(process.execPath, [join(vitest, 'vitest.mjs'), ...options], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, BROWSER: name, ...(display && { DISPLAY: display.name }) },
    stdio: 'inherit',
  })
  if (status !== 0) process.exitCode = 1
  display?.stop()
}

function startDisplay(): { readonly name: string; stop(): void } {
  const name = `:${90 + (process.pid % 900)}`
  const server = spawn('Xvfb', [name, '-screen', '0', '1024x800x24'], { stdio: 'ignore' })
  return { name, stop: () => server.kill() }
}
