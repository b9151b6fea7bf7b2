import { spawnSync } from 'node:child_process'
import { findProgram } from '@models-edge/testing/program'

/**
 * Installs Debian packages, each group whole or not at all: as root, or in CI as whoever becomes root
 * without a password. Does nothing where that is not possible, and does not wait for a mirror for ever.
 */
export function aptInstall(groups: readonly (readonly string[])[]): void {
  const asRoot = process.getuid?.() === 0 ? [] : process.env['CI'] ? ['sudo', '-n'] : undefined
  if (!asRoot || groups.length === 0 || !findProgram('apt-get')) return
  apt(asRoot, 'update')
  for (const packages of groups) apt(asRoot, 'install', '--no-install-recommends', ...packages)
}

/** Quietly, and without a question. */
const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', '-y']
const patience = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20']

function apt(asRoot: readonly string[], ...wanted: readonly string[]): void {
  const [program = '', ...rest] = [...asRoot, ...command, ...patience, ...wanted]
  spawnSync(program, rest, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 })
}
