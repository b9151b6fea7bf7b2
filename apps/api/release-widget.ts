import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from '@models-edge/widget/bundle'
import manifest from '@models-edge/widget/package.json' with { type: 'json' }
import { widgetPath } from './src/endpoints/widget/path.ts'

// Keeps the widget's file of the version that is about to be released: once pages have pinned it, it
// must stay where it is, whatever is served later.

const code = await bundle()
const file = `released${await widgetPath(manifest.version, code)}`
const path = fileURLToPath(new URL(file, import.meta.url))
await mkdir(dirname(path), { recursive: true })
await writeFile(path, code)
process.stdout.write(`apps/api/${file}\n`)
