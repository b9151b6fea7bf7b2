import { execFileSync } from 'node:child_process'
import { basename, join } from 'node:path'

/** Packs the package as it is published, and says where the tarball is. */
export function pack(folder: string): string {
  const tarball = join(folder, 'widget.tgz')
  // In a package script npm_execpath names the pnpm that runs it, which need not be on the PATH.
  const { npm_execpath = '' } = process.env
  const [command, ...first] = basename(npm_execpath).startsWith('pnpm')
    ? ([process.execPath, npm_execpath] as const)
    : (['pnpm'] as const)
  execFileSync(command, [...first, 'pack', '--out', tarball], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, npm_config_verify_deps_before_run: 'false' },
    stdio: 'pipe',
  })
  return tarball
}
