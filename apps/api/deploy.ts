import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

// `wrangler deploy` from the root, with what it is given (`--env staging`, `--dry-run`). The key goes
// along from `.dev.vars` where there is such a file; else it is the one that was deployed before.

const root = fileURLToPath(new URL('../..', import.meta.url))
const given = process.argv.slice(2)
const { env } = parseArgs({
  args: given,
  strict: false,
  options: { env: { type: 'string', short: 'e' } },
}).values
if (env !== undefined && (typeof env !== 'string' || !/^[\w-]+$/.test(env))) {
  process.stderr.write('--env needs the name of an environment: --env staging\n')
  process.exit(2)
}
const file = env === undefined ? '.dev.vars' : `.dev.vars.${env}`
const secrets = existsSync(join(root, file)) ? ['--secrets-file', file] : []
const manifest = createRequire(import.meta.url).resolve('wrangler/package.json')
const wrangler = join(dirname(manifest), 'bin/wrangler.js')

process.stdout.write(
  secrets.length > 0
    ? `Deploying, with the secrets in ${file}.\n`
    : `Deploying, with the secrets that are deployed already: there is no ${file}.\n`,
)
const { status } = spawnSync(process.execPath, [wrangler, 'deploy', ...secrets, ...given], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = status ?? 1
