import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Patterns } from './patterns.ts'

/** What belongs to a tool and to nobody who writes. */
const NEVER = new Set(['.git', '.hg', '.svn', 'node_modules'])

interface Folder {
  /** Relative to where the walk began, with a slash at its end; empty for the first. */
  readonly path: string
  /** The `.gitignore` files above it, the nearest first, and where each lies. */
  readonly ignores: readonly { readonly below: number; readonly patterns: Patterns }[]
}

/** Is told what could not be read. */
type Tell = (path: string, error: unknown) => void

/** The files below a folder that is no git repository, without what its `.gitignore` files ignore. */
export function* walk(root: string, tell: Tell): Generator<string, void, undefined> {
  const folders: Folder[] = [{ path: '', ignores: [] }]
  for (let folder = folders.pop(); folder; folder = folders.pop()) {
    const { path } = folder
    let entries: readonly Dirent[]
    try {
      entries = readdirSync(join(root, path), { withFileTypes: true })
    } catch (error) {
      tell(path, error)
      continue
    }
    const ignores = [...ignoresOf(root, path, tell), ...folder.ignores]
    const below: Folder[] = []
    for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      const isFolder = entry.isDirectory()
      const own = path + entry.name
      if (NEVER.has(entry.name) || isIgnored(ignores, own, isFolder)) continue
      if (isFolder) below.push({ path: `${own}/`, ignores })
      else yield own
    }
    folders.push(...below.toReversed())
  }
}

function ignoresOf(root: string, path: string, tell: Tell): Folder['ignores'] {
  const own = `${path}.gitignore`
  try {
    const lines = readFileSync(join(root, own), 'utf8').split('\n')
    return [{ below: path.length, patterns: new Patterns(lines) }]
  } catch (error) {
    // Most folders have none. One that cannot be read would have ignored something.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') tell(own, error)
    return []
  }
}

function isIgnored(ignores: Folder['ignores'], path: string, isFolder: boolean): boolean {
  for (const { below, patterns } of ignores) {
    const said = patterns.says(path.slice(below), isFolder)
    if (said !== undefined) return said
  }
  return false
}
