import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reportExports } from '@models-edge/core/test/report-exports'
import { pack } from './packed.ts'

using folder = mkdtempDisposableSync(join(tmpdir(), 'widget-'))
await reportExports(pack(folder.path))
