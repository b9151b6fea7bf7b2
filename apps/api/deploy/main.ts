import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { smoke } from '../smoke/smoke.ts'
import { addressOf, knock } from './live.ts'
import { refusals, settingsOf } from './settings.ts'
import { tryKey } from './try-key.ts'

// `wrangler deploy` from the root, with what it is given (`--env staging`, `--dry-run`), the key of
// `.dev.vars`, a look at both before and at the service after. `--only-key` brings up the key alone.

const root = fileURLToPath(new URL('../../..', import.meta.url))
const manifest = createRequire(import.meta.url).resolve('wrangler/package.json')
const wrangler = join(manifest, '../bin/wrangler.js')
/** Ctrl+C, a terminal that is closed, and what a machine is told. */
const ENDINGS = ['SIGINT', 'SIGHUP', 'SIGTERM'] as const
const PATIENCE_MS = 10_000
const say = (line: string): void => void process.stdout.write(`${line}\n`)

// `pnpm run deploy -- --dry-run` is a dry run, too.
const given = process.argv.slice(2).filter((option) => option !== '--')
const { values } = parseArgs({
  args: given,
  strict: false,
  options: {
    env: { type: 'string', short: 'e' },
    help: { type: 'boolean', short: 'h' },
    'dry-run': { type: 'boolean' },
    'only-key': { type: 'boolean' },
  },
})
const { help, 'dry-run': isDry, 'only-key': onlyKey } = values
// Wrangler obeys this variable, too.
const env = values.env ?? (process.env['CLOUDFLARE_ENV'] || undefined)
const rest = given.filter((option) => option !== '--only-key')
if (env !== undefined && (typeof env !== 'string' || !/^[\w-]+$/.test(env))) {
  refuse(2, '--env needs the name of an environment: --env staging')
}
if (isDry && (isDry !== true || onlyKey)) {
  refuse(2, '--dry-run takes no value, and there is none of --only-key.')
}
const unseen = given.find((option) => /^(?:--var|--config|-c)(?:=|$)/.test(option))
if (unseen !== undefined) {
  refuse(2, `${unseen} would deploy what was not looked at: write it into wrangler.jsonc.`)
}
process.exitCode = help ? run(['deploy', ...given]) : await deploy(env)

async function deploy(environment: string | undefined): Promise<number> {
  const settings = settingsOf(root, environment)
  const { file, vars, written } = settings
  const refused = refusals(settings)
  if (isDry) {
    say('A dry run: nothing is deployed.')
    for (const sentence of refused) say(`A deployment would be refused: ${sentence}`)
    const status = run(['deploy', ...given])
    return refused.length > 0 ? 1 : status
  }
  if (refused.length > 0) refuse(1, ...refused, 'Nothing was deployed.')
  const key = written?.['ANTHROPIC_API_KEY']
  await look(key, file, vars)
  if (onlyKey) return run(['secret', 'put', 'ANTHROPIC_API_KEY', ...rest], key)
  const { report, status } = upload(key)
  if (status !== 0) return status
  const origin = addressOf(report, vars['PUBLIC_URL'])
  if (origin === undefined) {
    say('Where it is, wrangler does not say: ask it with pnpm run smoke <address>.')
    return 0
  }
  say(`Deployed. Asking ${origin}, which begins the first sync where there was none:`)
  await knock(origin, {
    fetch: (url) => fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) }),
    sleep,
  })
  return (await smoke(origin, say)) ? 0 : 1
}

/** Says what goes along, and refuses a key that would end the syncs. */
async function look(
  key: string | undefined,
  file: string,
  vars: Readonly<Record<string, string>>,
): Promise<void> {
  if (key === undefined) {
    if (onlyKey) refuse(1, `There is no ANTHROPIC_API_KEY in ${file}: write the new key into it.`)
    say(`There is no key in ${file}: the Worker keeps the one that it has.`)
    say('At a first deployment it has none, and wrangler refuses.')
    return
  }
  const tried = await tryKey(key, vars)
  if (tried.kind === 'refused') {
    refuse(
      1,
      `Anthropic refuses the key in ${file} (401): with it, the service would stop syncing.`,
      `Write the key that is used into ${file}. Nothing was deployed.`,
    )
  }
  if (tried.kind === 'untried') say(`The key could not be tried: ${tried.because}.`)
  const hash = createHash('sha256').update(key).digest('hex').slice(0, 8)
  say(`The key in ${file} goes along. Once it is used, the log calls it ${hash}.`)
}

/** Deploys, in a folder that only this user can read and that is gone at once: the key is in it. */
function upload(key: string | undefined): { readonly report: string; readonly status: number } {
  const folder = mkdtempSync(join(tmpdir(), 'models-edge-deploy-'))
  const report = join(folder, 'report')
  const secrets = join(folder, 'secrets.json')
  // Of that file, only the key is a secret of the Worker's.
  if (key) writeFileSync(secrets, JSON.stringify({ ANTHROPIC_API_KEY: key }), { mode: 0o600 })
  try {
    const status = run(
      ['deploy', ...(key ? ['--secrets-file', secrets] : []), ...given],
      '',
      report,
    )
    return { status, report: existsSync(report) ? readFileSync(report, 'utf8') : '' }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Runs wrangler from the root. What ends it ends not what follows here: the key is taken off the disk. */
function run(args: readonly string[], input = '', report = ''): number {
  for (const signal of ENDINGS) process.on(signal, goOn)
  const { status } = spawnSync(process.execPath, [wrangler, ...args], {
    cwd: root,
    input,
    stdio: [input === '' ? 'inherit' : 'pipe', 'inherit', 'inherit'],
    env: { ...process.env, ...(report && { WRANGLER_OUTPUT_FILE_PATH: report }) },
  })
  for (const signal of ENDINGS) process.off(signal, goOn)
  return status ?? 1
}

function goOn(): void {}

function refuse(code: number, ...sentences: readonly string[]): never {
  process.stderr.write(`${sentences.join('\n')}\n`)
  process.exit(code)
}
