import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What the README's examples write, in their order. */
export const outputs = [
  /^claude-opus-5-5 Claude Opus 5.5\nclaude-haiku-4-5 Claude Haiku 4.5\n$/,
  /^claude-opus-5-5, claude-haiku-4-5 true\n400 invalid_request_error Invalid .*\nno use in /,
  /^claude-sonnet-4-5 is deprecated, days left: 10\n$/,
  /^2026-11-20T00:00:00Z claude-opus-5-5 released\n2026-.* deprecated\n$/,
  /^newer\nolder\n\{"type":"error",.*"limit: Input should be greater than or equal to 1"/,
] as const

/** Writes the README's examples to a folder, and says how the files are called. */
export function writeExamples(folder: string): string[] {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
  return Array.from(readme.matchAll(/^```ts\n(.*?)^```$/gms), ([, code = ''], place) => {
    writeFileSync(join(folder, `example-${place}.ts`), code)
    return `example-${place}.ts`
  })
}

/** What a program of the folder writes, or why it fails; `url` is where it finds its services. */
export async function run(folder: string, url: string, command: readonly string[]) {
  const services = { ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: 'any', MODELS_EDGE_URL: url }
  // Below pnpm, npx would complain about settings that it does not know.
  const quiet = { npm_config_loglevel: 'error' }
  const options = { cwd: folder, env: { ...process.env, ...quiet, ...services } }
  const [program = '', ...given] = command
  const ran = await promisify(execFile)(program, given, options).catch(
    (error: { stdout: string; stderr: string }) => error,
  )
  return ran.stdout + ran.stderr
}
