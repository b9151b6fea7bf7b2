import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { unstable_readConfig as readConfig } from 'wrangler'
import { run } from './run.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

test('a deployment from the root has every binding', async () => {
  const { code, out } = await run(['deploy.ts', '--dry-run'], { WRANGLER_SEND_METRICS: 'false' })
  expect([code, out]).toEqual([0, expect.stringContaining('--dry-run: exiting now')])
  const { vars } = readConfig({ config: `${root}wrangler.jsonc` })
  for (const name of ['CATALOG', 'KEEPER', 'ASSETS', ...Object.keys(vars)]) {
    expect(out).toContain(`env.${name}`)
  }
})

test.each([
  [['--env', 'staging'], '.dev.vars.staging'],
  [['--env=staging'], '.dev.vars.staging'],
  [['-e', 'staging'], '.dev.vars.staging'],
  [[], '.dev.vars'],
])('%j takes the secrets of its own environment', async (given, file) => {
  // Nothing is built for this.
  const { out } = await run(['deploy.ts', ...given, '--help'])
  expect(/(?:in|no) (\S+)\.\n/.exec(out)?.[1]).toBe(file)
})

test('an environment without a name is refused', async () => {
  const refused = '--env needs the name of an environment: --env staging\n'
  expect(await run(['deploy.ts', '--env'])).toEqual({ code: 2, out: refused })
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
