import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

const packageFolder = join(import.meta.dirname, '..')

/** Packs the package as it is published, and says where the tarball is. */
export function pack(folder: string): string {
  const tarball = join(folder, 'core.tgz')
  const [command, ...first] = findPnpm()
  execFileSync(command, [...first, 'pack', '--out', tarball], {
    cwd: packageFolder,
    env: { ...process.env, npm_config_verify_deps_before_run: 'false' },
    stdio: 'pipe',
  })
  return tarball
}

/** In a package script npm_execpath names the pnpm that runs it; elsewhere, none need be installed. */
function findPnpm(): readonly [string, ...string[]] {
  const { npm_execpath = '' } = process.env
  if (basename(npm_execpath).startsWith('pnpm')) return [process.execPath, npm_execpath]
  const root = readFileSync(join(packageFolder, '../../package.json'), 'utf8')
  return ['npx', '-y', (JSON.parse(root) as { packageManager: string }).packageManager]
}

/** Unpacks a tarball to where the folder's programs import it from. */
export function install(tarball: string, folder: string): void {
  const target = join(folder, 'node_modules/@models-edge/core')
  mkdirSync(target, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'])
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
}
