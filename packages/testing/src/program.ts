import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where the first of these programs is, of those that are installed. */
export function findProgram(...names: readonly string[]): string | undefined {
  // The path of a Debian user lacks the last of these.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']
  return names
    .flatMap((name) => folders.flatMap((folder) => (folder === '' ? [] : join(folder, name))))
    .find((path) => existsSync(path))
}
