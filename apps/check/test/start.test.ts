import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bundle } from '../bundle.ts'
import { Folder } from './folder.ts'

// How fast it starts depends on the machine. What it loads does not, and that is what takes the time.

test('a run that asks nobody loads nothing of the network', async () => {
  using folder = new Folder({
    a: 'claude-2.1',
    '.git/empty.mjs': '',
    '.git/check.mjs': await bundle('src/main.ts', join(import.meta.dirname, '..')),
  })
  const tell = 'process.on("exit", () => console.error(process.moduleLoadList.join("\\n")))'
  writeFileSync(join(folder.path, '.git/tell.mjs'), tell)
  const list = (...given: readonly string[]): readonly string[] =>
    execFileSync('sh', ['-c', '"$@" 2>&1 >/dev/null; true', 'sh', process.execPath, ...given], {
      cwd: folder.path,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: folder.path },
    }).split('\n')
  const without = new Set(list('--import', './.git/tell.mjs', '.git/empty.mjs'))
  const more = list('--import', './.git/tell.mjs', '.git/check.mjs').filter(
    (name) => !without.has(name),
  )
  expect(more).toContain('NativeModule child_process')
  expect(more.filter((name) => /undici|https?$|tls|crypto/.test(name))).toEqual([])
})
