import { createRequire } from 'node:module'
import { join } from 'node:path'

const manifest = createRequire(import.meta.url).resolve('wrangler/package.json')

/** What to run with Node for wrangler's command line. */
export const wrangler = join(manifest, '../bin/wrangler.js')

/** Loads what wrangler brings along, its runtime and its bundler, which are no dependencies of this package. */
export const requireOfWrangler = createRequire(manifest)
