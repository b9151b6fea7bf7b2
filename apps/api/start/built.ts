import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { V4ModuleDefinition, V4WorkerOptionsShape } from 'miniflare'

const MAIN = 'index.js'

interface Built {
  /** What wrangler.jsonc says of it. */
  readonly configuration: V4WorkerOptionsShape
  /** The one that begins comes first. */
  readonly modules: V4ModuleDefinition[]
}

/** The Worker that was built into this folder. */
export function builtIn(folder: string): Built {
  const file = join(folder, 'configuration.json')
  if (!existsSync(file)) throw new Error(`There is no Worker in ${folder}: pnpm start builds it`)
  const others = readdirSync(folder).filter((name) => /\.(?:js|txt)$/.test(name) && name !== MAIN)
  return {
    configuration: JSON.parse(readFileSync(file, 'utf8')) as V4WorkerOptionsShape,
    modules: [MAIN, ...others].map((name) => ({
      type: name.endsWith('.js') ? 'ESModule' : 'Text',
      path: join(folder, name),
    })),
  }
}
