import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

interface Ended {
  readonly code: number
  /** What it said, complaints last. */
  readonly out: string
}

/** Runs Node with these arguments, in the folder of this package. */
export function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const cwd = fileURLToPath(new URL('../..', import.meta.url))
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env: { ...process.env, ...env } }, (error, ...said) =>
      resolve({ code: error ? Number(error.code) : 0, out: said.join('') }),
    )
  })
}
