import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify, stripVTControlCharacters } from 'node:util'
import type { BrokenPromise } from './broken-promise.ts'
import { brokenPromises } from './broken-promises.ts'

// Breaks each promise in a copy of what is committed, and writes which test noticed into docs/promises.md.

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const [wanted = ''] = process.argv.slice(2)
const chosen = brokenPromises.filter(({ promise }) => promise.includes(wanted))
const copy = await mkdtemp(join(tmpdir(), 'promises-'))
try {
  await run('git', ['clone', '--quiet', root, copy])
  await run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], { cwd: copy })
  const rows: string[] = []
  for (const one of chosen) {
    const noticed = await noticedBy(one)
    process.stdout.write(`${one.promise}: ${noticed ?? 'NOT NOTICED'}\n`)
    rows.push(`| ${one.promise} | ${one.broken} | ${noticed ?? '**nothing**'} |`)
    if (noticed === undefined) process.exitCode = 1
  }
  if (wanted === '') await write(rows)
} finally {
  await rm(copy, { recursive: true, force: true })
}

/** The first test that fails while the promise is broken. */
async function noticedBy({ file, from, noticed, to }: BrokenPromise): Promise<string | undefined> {
  const path = join(copy, file)
  const whole = await readFile(path, 'utf8')
  const args = noticed.package
    ? ['--filter', noticed.package, 'test', noticed.by]
    : ['run', noticed.by]
  try {
    // A function: nothing in the text is taken for a pattern.
    await writeFile(
      path,
      whole.replace(from, () => to),
    )
    await run('pnpm', args, { cwd: copy, maxBuffer: 1e9 })
    return undefined
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string }
    const said = stripVTControlCharacters(stdout + stderr)
    const test = / FAIL .*?(\S+\.test\.ts > .*)$/m.exec(said)?.[1]
    if (noticed.package && test === undefined) throw error
    return (test ?? noticed.by).trim()
  } finally {
    await writeFile(path, whole)
  }
}

async function write(rows: readonly string[]): Promise<void> {
  const path = join(root, 'docs/promises.md')
  const [head = ''] = (await readFile(path, 'utf8')).split('| promise')
  const table = ['| promise | broken on purpose | the test that noticed |', '| --- | --- | --- |']
  await writeFile(path, `${head}${[...table, ...rows].join('\n')}\n`)
}
