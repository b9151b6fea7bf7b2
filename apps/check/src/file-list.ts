import { lstatSync, statSync } from 'node:fs'
import nodePath, { basename, dirname, type PlatformPath, resolve } from 'node:path'
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
  const own = pathFrom(cwd, place)
  if (!isFolder(path, place)) {
    const isWanted =
      changed === undefined || changedIn(dirname(place), changed).includes(basename(place))
    if (isWanted) yield own
    return
  }
  const before = own && `${own}/`
  const files =
    changed === undefined
      ? filesIn(place, (below, error) => tell(before + below, error))
      : changedIn(place, changed)
  for (const file of files) yield before + file
}

function filesIn(folder: string, tell: FileListOptions['tell']): Iterable<string> {
  const listed = listedBy(folder)
  // Without git, or in a folder that git ignores and somebody names all the same.
  return 'paths' in listed && listed.paths.length > 0 ? listed.paths : walk(folder, tell)
}

function changedIn(folder: string, ref: string): readonly string[] {
  const listed = changedSince(folder, ref)
  if ('paths' in listed) return listed.paths
  throw new CheckError(`What changed since ${ref} is not known: ${listed.why}`)
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

/** As all reports and the configuration write paths, however they were given, also on Windows. */
export function pathFrom(
  cwd: string,
  place: string,
  system: Pick<PlatformPath, 'relative' | 'sep'> = nodePath,
): string {
  return system.relative(cwd, place).replaceAll(system.sep, '/')
}
