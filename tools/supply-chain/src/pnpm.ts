import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The root of the workspace. */
export const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Runs the very pnpm that runs this, at the root. */
export function pnpm(...words: readonly string[]): {
  readonly ok: boolean
  readonly output: string
} {
  const path = process.env['npm_execpath']
  if (path === undefined) throw new Error('Run this with pnpm')
  const isScript = /\.c?js$/.test(path)
  const { status, stdout, stderr } = spawnSync(
    isScript ? process.execPath : path,
    isScript ? [path, ...words] : words,
    { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 },
  )
  return { ok: status === 0, output: stdout || stderr }
}
