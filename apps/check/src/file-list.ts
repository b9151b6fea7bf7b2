import { lstatSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { changedSince, listedBy } from './git.ts'
import { CheckError } from './check-error.ts'
import { walk } from './walk.ts'

export interface FileListOptions {
  /** What the paths are relative to. */
  readonly cwd: string
  /** Only files that differ from where the branch left this reference of git's. */
  readonly changed?: string | undefined
  readonly tell: (path: string, error: unknown) => void
}

/** The files that the paths name, and those below the folders that they name, each once. */
export function* filesOf(
  paths: readonly string[],
  options: FileListOptions,
): Generator<string, void, undefined> {
  const seen = new Set<string>()
  for (const path of paths) {
    for (const file of filesAt(path, options)) {
      if (seen.has(file)) continue
      if (paths.length > 1) seen.add(file)
      yield file
    }
  }
}

function* filesAt(path: string, options: FileListOptions): Generator<string, void, undefined> {
  const { changed, cwd, tell } = options
  const place = resolve(cwd, path)
  if (!isFolder(path, place)) {
    yield slashed(path)
    return
  }
  const before = /^\.[/\\]?$/.test(path) ? '' : slashed(path).replace(/\/*$/, '/')
  if (changed !== undefined) {
    const listed = changedSince(place, changed)
    if ('why' in listed)
      throw new CheckError(`What changed since ${changed} is not known: ${listed.why}`)
    for (const file of listed.paths) yield before + file
    return
  }
  const listed = listedBy(place)
  const isListed = 'paths' in listed && listed.paths.length > 0
  // Without git, or in a folder that git ignores and somebody names all the same.
  const files = isListed ? listed.paths : walk(place, (below, error) => tell(before + below, error))
  for (const file of files) yield before + file
}

function isFolder(path: string, place: string): boolean {
  try {
    // A link to a folder that somebody names is followed; a link to nothing is a file that cannot be read.
    return lstatSync(place).isSymbolicLink() ? isLinkToFolder(place) : statSync(place).isDirectory()
  } catch {
    throw new CheckError(`There is no such file or folder: ${path}`)
  }
}

function isLinkToFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** As all reports write paths, also on Windows. */
function slashed(path: string): string {
  const plain = process.platform === 'win32' ? path.replaceAll('\\', '/') : path
  return plain.replace(/^\.\//, '')
}
