import { buffer } from 'node:stream/consumers'
import type { World } from './command.ts'

/** What the command uses of this process. */
export function processWorld(): World {
  const { env, platform, stderr, stdin, stdout } = process
  // Whoever reads may leave before the end, as `head` does.
  stdout.on('error', () => undefined)
  return {
    cwd: process.cwd(),
    env,
    platform,
    isTerminal: stdout.isTTY ?? false,
    isNoteTerminal: stderr.isTTY ?? false,
    now: () => new Date(),
    readStdin: () => buffer(stdin),
    write: (written) => void stdout.write(written),
    note: (noted) => void stderr.write(noted),
  }
}
