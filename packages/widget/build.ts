import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { bundle } from './bundle.ts'

// Modules and types for bundlers, then the one file to paste in place of its module.

process.chdir(import.meta.dirname)
rmSync('dist', { recursive: true, force: true })
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))
const tsc = [join(typescript, 'bin/tsc'), '-p', 'tsconfig.build.json']
execFileSync(process.execPath, tsc, { stdio: 'inherit' })
writeFileSync('dist/widget.js', await bundle())
