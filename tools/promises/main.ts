import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify, stripVTControlCharacters } from 'node:util'
import type { BrokenPromise } from './broken-promise.ts'
import { ofReadme } from './of-readme.ts'
import { ofSecurity } from './of-security.ts'

// Breaks each promise in a copy of what is committed, and writes which test noticed into docs/promises.md.
// A part of a promise's words as an argument breaks those promises alone, and writes nothing.

const root = join(import.meta.dirname, '../..')
const documents = { 'SECURITY.md': ofSecurity, 'README.md': ofReadme }
const [wanted = ''] = process.argv.slice(2)
const all = Object.values(documents).flat()
if (!all.some(({ promise }) => promise.includes(wanted))) {
  throw new Error(`No promise has these words: ${wanted}`)
}
const copy = await mkdtemp(join(tmpdir(), 'promises-'))

try {
  await run('git', ['clone', '--quiet', root, copy])
  await run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'])
  let report = ''
  for (const [document, promises] of Object.entries(documents)) {
    report += `\n## [${document}](../${document})\n\n`
    report += '| promise | broken on purpose | the test that noticed |\n| --- | --- | --- |\n'
    for (const one of promises.filter(({ promise }) => promise.includes(wanted))) {
      const noticed = await noticedBy(one)
      process.stdout.write(`${one.promise}; ${one.broken}: ${noticed ?? 'NOT NOTICED'}\n`)
      report += `| ${one.promise} | ${one.broken} | ${noticed ?? '**nothing**'} |\n`
      if (noticed === undefined) process.exitCode = 1
    }
  }
  if (wanted === '') await write(report)
} finally {
  await rm(copy, { recursive: true, force: true })
}

/** The first test that fails while the promise is broken. */
async function noticedBy({ file, from, noticed, to }: BrokenPromise): Promise<string | undefined> {
  const path = join(copy, file)
  const whole = await readFile(path, 'utf8')
  const args = noticed.package
    ? ['--filter', noticed.package, 'test', noticed.by, '--bail=1']
    : ['run', noticed.by]
  // A script does not say what it noticed: it must be well while the promise is kept.
  if (!noticed.package) await run('pnpm', args)
  try {
    // A function: nothing in the text is taken for a pattern.
    await writeFile(
      path,
      whole.replace(from, () => to),
    )
    await run('pnpm', args)
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

/** Runs a program in the copy. What is broken must be noticed by what runs, and not by an install before it. */
function run(program: string, args: readonly string[]): Promise<unknown> {
  const env = { ...process.env, npm_config_verify_deps_before_run: 'false' }
  return promisify(execFile)(program, args, { cwd: copy, env, maxBuffer: 1e9 })
}

async function write(report: string): Promise<void> {
  const path = join(root, 'docs/promises.md')
  const [head = ''] = (await readFile(path, 'utf8')).split(/\n## /)
  await writeFile(path, `${head.trimEnd()}\n${report}`)
}
