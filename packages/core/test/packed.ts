import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const packageFolder = join(import.meta.dirname, '..')

/** Packs the package as it is published, and says where the tarball is. */
export function pack(folder: string): string {
  const tarball = join(folder, 'core.tgz')
  // In a package script npm_execpath names the pnpm that runs it, which need not be on the PATH.
  const { npm_execpath = '' } = process.env
  const [command, ...first] = basename(npm_execpath).startsWith('pnpm')
    ? ([process.execPath, npm_execpath] as const)
    : (['pnpm'] as const)
  execFileSync(command, [...first, 'pack', '--out', tarball], {
    cwd: packageFolder,
    env: { ...process.env, npm_config_verify_deps_before_run: 'false' },
    stdio: 'pipe',
  })
  return tarball
}

/** Unpacks a tarball to where the folder's programs import it from, and puts such a program there. */
export function install(tarball: string, folder: string): void {
  const target = join(folder, 'node_modules/@models-edge/core')
  mkdirSync(target, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'])
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  cpSync(join(import.meta.dirname, 'program.ts'), join(folder, 'program.ts'))
  const main =
    "import { ask } from './program.ts'\n" +
    'console.log(JSON.stringify(await ask(process.argv[2])))\n'
  writeFileSync(join(folder, 'main.ts'), main)
  const worker =
    "import { ask } from './program.ts'\n" +
    'export default { fetch: async (_, env) => Response.json(await ask(env.API)) }\n'
  writeFileSync(join(folder, 'worker.js'), worker)
}
