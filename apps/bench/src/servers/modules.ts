import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { requireOfWrangler, wrangler } from '@models-edge/testing/wrangler'

/** The modules of a Worker by their names, the one with its handlers first. */
export type Modules = ReadonlyMap<string, Uint8Array>

const folderOfApi = fileURLToPath(
  new URL('.', import.meta.resolve('@models-edge/api/package.json')),
)

/** What a deployment of the API would upload, from this workspace or another copy of the app. */
export async function shippedModules(app: string = folderOfApi): Promise<Modules> {
  const folder = await mkdtemp(join(tmpdir(), 'models-edge-bench-'))
  try {
    const command = [wrangler, 'deploy', '--dry-run', '--outdir', folder]
    const env = { ...process.env, WRANGLER_SEND_METRICS: 'false' }
    await promisify(execFile)(process.execPath, command, { cwd: app, env })
    const names = (await readdir(folder)).filter((name) => extname(name) in kinds)
    // Node lists them in the order of their names, workerd starts with the first.
    const sorted = ['index.js', ...names.filter((name) => name !== 'index.js')]
    return new Map(
      await Promise.all(
        sorted.map(async (name) => [name, await readFile(join(folder, name))] as const),
      ),
    )
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** How workerd is told what a module is. */
export const kinds: Readonly<Record<string, string>> = {
  '.bin': 'data',
  '.html': 'text',
  '.js': 'esModule',
  '.txt': 'text',
}

const esbuild = requireOfWrangler('esbuild') as {
  build(options: object): Promise<{ readonly outputFiles: readonly { contents: Uint8Array }[] }>
}

/** A contender, bundled as wrangler bundles. */
export async function contenderModules(name: string): Promise<Modules> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [fileURLToPath(new URL(`../../contenders/${name}.ts`, import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['./shipped.js', 'cloudflare:workers'],
    write: false,
  })
  return new Map(outputFiles.map(({ contents }) => ['index.js', contents] as const))
}

/** A Worker with a wrapper around it. */
export async function wrapped(
  by: 'broken' | 'invoked' | 'loop',
  modules: Modules,
): Promise<Modules> {
  const wrapper = await contenderModules(by)
  const inner = [...modules].map(
    ([name, module]) => [name === 'index.js' ? 'shipped.js' : name, module] as const,
  )
  return new Map([...wrapper, ...inner])
}
