import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pack } from './pack.ts'
import { reportExports } from './report-exports.ts'

using folder = mkdtempDisposableSync(join(tmpdir(), 'core-'))
await reportExports(pack(folder.path))
