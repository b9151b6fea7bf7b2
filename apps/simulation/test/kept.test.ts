import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { kept, planOfKept } from '../src/kept/kept.ts'
import { run } from '../src/run.ts'

const main = fileURLToPath(import.meta.resolve('../src/main.ts'))

test.for(kept)('$words', async (one) => {
  const { violation } = await run(planOfKept(one))
  expect(violation).toBeUndefined()
})

test.for(kept)('put back, it is found: $words', async ({ breakage }) => {
  const broken = promisify(execFile)(process.execPath, [main, 'kept', '--break', breakage])
  await expect(broken).rejects.toMatchObject({ stdout: expect.stringContaining('NOT KEPT') })
})
