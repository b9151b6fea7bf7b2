import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, inject, test } from 'vitest'

// What a module weighs is what an isolate has to read before its first answer or tick.
const LIMIT_OF_CODE = 40_000
const LIMIT_OF_ALL = 58_000

const MEND =
  'The limit is in apps/api/test/documents/size.test.ts. Make something smaller; who has a reason to add more raises it there, and gives the reason in the commit'

test('the code that an isolate starts with, and all that it serves, stay small', async () => {
  const folder = inject('bundle')
  const modules = (await readdir(folder)).filter((name) => /\.(js|txt)$/.test(name))
  const sizes = await Promise.all(
    modules.map(async (name) => gzipSync(await readFile(join(folder, name)), { level: 9 }).length),
  )
  // All of the code is evaluated at the start, the page's too; texts are not.
  const code = sizes[modules.indexOf('index.js')] ?? 0
  const all = sizes.reduce((one, other) => one + other)
  process.stdout.write(`the Worker (gzip): ${code} bytes of code, ${all} with its texts\n`)
  expect(modules).toHaveLength(7)
  expect(code, `The code is too large. ${MEND}`).toBeLessThan(LIMIT_OF_CODE)
  expect(all, `The code and its texts are too large. ${MEND}`).toBeLessThan(LIMIT_OF_ALL)
})
