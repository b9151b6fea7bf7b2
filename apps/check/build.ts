import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { bundle } from './bundle.ts'

// The command in one file, and the library in another with its types. Neither needs anything beside it.

process.chdir(import.meta.dirname)
rmSync('dist', { recursive: true, force: true })
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))
const tsc = [join(typescript, 'bin/tsc'), '-p', 'tsconfig.build.json']
execFileSync(process.execPath, tsc, { stdio: 'inherit' })
writeFileSync('dist/check.js', await bundle('src/main.ts'), { mode: 0o755 })
writeFileSync('dist/index.js', await bundle('src/index.ts'))
