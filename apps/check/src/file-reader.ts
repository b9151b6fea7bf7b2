import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

export const MAX_BYTES = 2_000_000

/** What a file holds, until the next one is read, or why it was not read. */
export type FileRead = { readonly bytes: Buffer } | { readonly why: string }

// A link is not followed: what it leads to is in the repository under its own name, or is none of it. A pipe
// must not be waited for. Windows knows neither of the two.
const FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EISDIR: 'a folder, most likely of another repository',
  ELOOP: 'a link',
  EMLINK: 'a link',
  ENOENT: 'it is gone, or its name is not UTF-8',
  ENOTDIR: 'it is gone',
  ENXIO: 'no regular file',
  EPERM: 'no permission',
}

/** Reads files one after the other into the same memory. Whatever a file is, it costs no more than that. */
export class FileReader {
  readonly #memory = Buffer.allocUnsafeSlow(MAX_BYTES + 1)

  read(path: string): FileRead {
    let file: number
    try {
      file = openSync(path, FLAGS)
    } catch (error) {
      return { why: whyOf(error) }
    }
    try {
      const stats = fstatSync(file)
      if (stats.isDirectory()) return { why: WHY['EISDIR'] ?? '' }
      if (!stats.isFile()) return { why: WHY['ENXIO'] ?? '' }
      if (stats.size > MAX_BYTES) return { why: 'over 2 MB' }
      // It may grow while it is read.
      const size = this.#readAll(file, stats.size)
      return size > MAX_BYTES ? { why: 'over 2 MB' } : { bytes: this.#memory.subarray(0, size) }
    } catch (error) {
      return { why: whyOf(error) }
    } finally {
      closeSync(file)
    }
  }

  #readAll(file: number, expected: number): number {
    let size = 0
    for (;;) {
      const read = readSync(file, this.#memory, size, this.#memory.length - size, null)
      size += read
      if (read === 0 || size === expected || size === this.#memory.length) return size
    }
  }
}

export function whyOf(error: unknown): string {
  const { code = 'it cannot be read' } = error as NodeJS.ErrnoException
  return WHY[code] ?? code
}
