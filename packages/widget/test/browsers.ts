import { spawn, spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

// The specs in the browsers that are too large to be packages. Says what to install where one is missing.

const specs = ['model-list', 'model-picker', 'looks', 'readme']
const needs = {
  firefox: { programs: ['firefox-esr'], packages: 'firefox-esr' },
  webkit: { programs: ['WebKitWebDriver', 'Xvfb'], packages: 'webkit2gtk-driver xvfb' },
} as const

const asked = process.argv.slice(2)
const vitest = dirname(createRequire(import.meta.url).resolve('vitest/package.json'))

for (const [browser, { programs, packages }] of Object.entries(needs)) {
  if (asked.length > 0 && !asked.includes(browser)) continue
  const missing = programs.filter((program) => spawnSync('which', [program]).status !== 0)
  if (missing.length > 0) {
    process.exitCode = 1
    process.stderr.write(
      `${browser}: ${missing.join(' and ')} not found. On Debian and Ubuntu: apt-get install ${packages}\n`,
    )
    continue
  }
  const display = browser === 'webkit' ? startDisplay() : undefined
  const env = { ...process.env, BROWSER: browser, ...(display && { DISPLAY: display.name }) }
  // One file at a time: a browser with a screen has one focus.
  const options = ['run', '--no-file-parallelism', ...specs]
  const { status } = spawnSync(process.execPath, [join(vitest, 'vitest.mjs'), ...options], {
    cwd: join(import.meta.dirname, '..'),
    env,
    stdio: 'inherit',
  })
  if (status !== 0) process.exitCode = 1
  display?.stop()
}

function startDisplay(): { name: string; stop: () => void } {
  const name = `:${90 + (process.pid % 900)}`
  const server = spawn('Xvfb', [name, '-screen', '0', '1024x800x24'], { stdio: 'ignore' })
  return { name, stop: () => server.kill() }
}
