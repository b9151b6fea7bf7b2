import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findProgram } from '@models-edge/testing/program'
import { aptInstall } from './apt.ts'

// The specs in the browsers that are too large to be packages. Says what to install where one is missing.
// With --install it installs that itself where it may, and leaves out what it cannot have.

const specs = [
  'elements',
  '/frameworks.test',
  'model-list',
  'model-picker',
  'picker-and-page',
  'picker-in-pages',
  'looks',
  'readme-frameworks',
  'readme',
]

/** Of each browser the programs, each under the names that it may have, and Debian's packages. */
const browsers = {
  firefox: { programs: [['firefox-esr', 'firefox']], packages: ['firefox-esr'] },
  webkit: { programs: [['WebKitWebDriver'], ['Xvfb']], packages: ['webkit2gtk-driver', 'xvfb'] },
} as const

const { positionals: asked, values } = parseArgs({
  options: { install: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const wanted = Object.entries(browsers).filter(([name]) => !asked[0] || asked.includes(name))
const isMissing = (names: readonly string[]): boolean => findProgram(...names) === undefined

if (values.install) {
  const lacking = wanted.filter(([, { programs }]) => programs.some(isMissing))
  aptInstall(lacking.map(([, { packages }]) => packages))
}
for (const [name, { packages, programs }] of wanted) {
  const missing = programs.filter(isMissing).map((names) => names.join(' or '))
  if (missing.length === 0) run(name)
  else refuse(`${name}. Not installed: ${missing.join(', ')}`, packages)
}

function refuse(why: string, packages: readonly string[]): void {
  if (!values.install) process.exitCode = 1
  const hint = `on Debian and Ubuntu: apt-get install ${packages.join(' ')}`
  process.stderr.write(`${values.install ? 'Left out: ' : ''}${why}; ${hint}\n`)
}

function run(name: string): void {
  const display = `:${90 + (process.pid % 900)}`
  const screen =
    name === 'webkit' &&
    spawn('Xvfb', [display, '-screen', '0', '1024x800x24'], { stdio: 'ignore' })
  const vitest = join(
    createRequire(import.meta.url).resolve('vitest/package.json'),
    '../vitest.mjs',
  )
  // One file at a time: a browser with a screen has one focus.
  const options = ['run', '--no-file-parallelism', ...specs]
  const { status } = spawnSync(process.execPath, [vitest, ...options], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, BROWSER: name, ...(screen && { DISPLAY: display }) },
    stdio: 'inherit',
  })
  if (status !== 0) process.exitCode = 1
  if (screen) screen.kill()
}
