import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  unstable_getMiniflareWorkerOptions as optionsOf,
  unstable_readConfig as readConfig,
} from 'wrangler'

// Builds the Worker as a deployment would, with what wrangler.jsonc says of it beside. Here and not in the
// server, because wrangler would take a hundred megabytes of that for as long as it runs.

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Puts what wrangler.jsonc says into the folder of a built Worker, as miniflare wants it. */
export function configure(folder: string): void {
  const config = readConfig({ config: join(root, 'wrangler.jsonc') })
  const { modulesRules: _, ...options } = optionsOf(config).workerOptions
  // Without what is in .dev.vars: the key must be in no file of ours.
  const configuration = { ...options, bindings: config.vars }
  writeFileSync(join(folder, 'configuration.json'), JSON.stringify(configuration))
}

function build(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
  const manifest = createRequire(import.meta.url).resolve('wrangler/package.json')
  const wrangler = join(manifest, '../bin/wrangler.js')
  const { status } = spawnSync(
    process.execPath,
    [wrangler, 'deploy', '--dry-run', '--outdir', folder],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...quiet } },
  )
  if (status !== 0) process.exit(status ?? 1)
  configure(folder)
}

/** Wrangler warns that the deployed secret is missing here: the server has one of its own. */
const quiet = { ANTHROPIC_API_KEY: 'none', WRANGLER_LOG: 'warn', WRANGLER_SEND_METRICS: 'false' }

if (import.meta.main) {
  Object.assign(process.env, quiet)
  build(fileURLToPath(new URL('../dist', import.meta.url)))
}
