import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const config = readFileSync(`${root}wrangler.jsonc`, 'utf8')

test('a deployment from the root is complete', { timeout: 60_000 }, async () => {
  const script = `${root}apps/api/deploy.ts`
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--dry-run'], {
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
  })
  for (const [name] of config.matchAll(/"[A-Z]+(_[A-Z]+)*"/g)) {
    if (name === '"ANTHROPIC_API_KEY"') continue // no file of secrets here
    expect(stdout).toContain(`env.${name.slice(1, -1)}`)
  }
  expect(stdout).toContain('--dry-run: exiting now')
})

test.each([
  [['--env', 'staging'], '.dev.vars.staging'],
  [['--env=staging'], '.dev.vars.staging'],
  [['-e', 'staging'], '.dev.vars.staging'],
  [[], '.dev.vars'],
])('%j takes the secrets of its own environment', async (given, file) => {
  // Nothing is built for this.
  const script = `${root}apps/api/deploy.ts`
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...given, '--help'])
  expect(stdout).toMatch(new RegExp(`(in|no) ${file.replaceAll('.', '\\.')}\\.\n`))
})

test('an environment without a name is refused', async () => {
  const script = `${root}apps/api/deploy.ts`
  await expect(promisify(execFile)(process.execPath, [script, '--env'])).rejects.toThrow(
    '--env needs the name of an environment',
  )
})

test('no file of secrets can be committed', async () => {
  const files = ['.dev.vars', '.dev.vars.staging', 'apps/api/.dev.vars']
  const { stdout } = await promisify(execFile)('git', ['check-ignore', ...files], { cwd: root })
  expect(stdout.trim().split('\n')).toEqual(files)
})

test('the button asks for the key, and for no other secret', () => {
  const example = readFileSync(`${root}.dev.vars.example`, 'utf8')
  const asked = example.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  expect(asked).toEqual(['ANTHROPIC_API_KEY='])
})
