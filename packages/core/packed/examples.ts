import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { examplesOf, run } from '@models-edge/testing/packed'

export const source = join(import.meta.dirname, '..')

/** What the README's examples write, in their order. */
export const outputs = [
  /^claude-opus-5-5 Claude Opus 5.5\nclaude-haiku-4-5 Claude Haiku 4.5\n$/,
  /^claude-opus-5-5, claude-haiku-4-5 true\n400 invalid_request_error Invalid .*\nno use in /,
  /^404 model: claude-opus-5.6\. Did you mean claude-opus-5-5\?\nnear: claude-opus-5-5\n$/,
  /^claude-sonnet-4-5 is deprecated, days left: 10\n$/,
  /^2026-11-20T00:00:00Z claude-opus-5-5 released\n2026-.* deprecated\n$/,
  /^claude-opus-5-5 id claude-opus-5-5 active\nclaude-opus-4-1 past_alias .*5 retired\n.* unknown, near: claude-opus-5-5,/,
  /^context: higher\nbatch unchanged\nthinking gained\nnot told: prices; /,
  /^newer\nolder\n\{"type":"error",.*"limit: Input should be greater than or equal to 1"/,
] as const

/** Writes the README's examples to a folder, and says how the files are called. */
export function writeExamples(folder: string): string[] {
  return examplesOf(source, 'ts').map((code, place) => {
    writeFileSync(join(folder, `example-${place}.ts`), code)
    return `example-${place}.ts`
  })
}

/** What an example writes that finds its services at this origin. */
export function runExample(folder: string, origin: string, command: readonly string[]) {
  return run(folder, command, {
    ANTHROPIC_BASE_URL: origin,
    ANTHROPIC_API_KEY: 'any',
    MODELS_EDGE_URL: origin,
  })
}
