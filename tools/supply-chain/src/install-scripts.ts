import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Manifest {
  readonly name?: string
  readonly scripts?: Readonly<Record<string, string>>
}

/** The names of all packages that would run a program of theirs when they are installed. */
export function installScripts(store: string): readonly string[] {
  const names = new Set<string>()
  for (const folder of packageFolders(store)) {
    const manifest = join(folder, 'package.json')
    if (!existsSync(manifest)) continue
    const { name, scripts = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest
    const runs = ['preinstall', 'install', 'postinstall'].some((script) => script in scripts)
    if (name !== undefined && (runs || existsSync(join(folder, 'binding.gyp')))) names.add(name)
  }
  return [...names].toSorted()
}

/** Every `node_modules/.pnpm/<package>/node_modules/<name or @scope/name>`. */
function packageFolders(store: string): readonly string[] {
  return subfolders(store)
    .flatMap((folder) => subfolders(join(folder, 'node_modules')))
    .flatMap((folder) => (/[\\/]@[^\\/]+$/.test(folder) ? subfolders(folder) : folder))
}

function subfolders(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
}

/** The packages that pnpm-workspace.yaml lets run such a program. */
export function allowedScripts(workspace: string): readonly string[] {
  const list = /^onlyBuiltDependencies:\n((?: +- .+\n)*)/m.exec(workspace)?.[1] ?? ''
  return [...list.matchAll(/- '?([^'\n]+)/g)].map(([, name = '']) => name).toSorted()
}
