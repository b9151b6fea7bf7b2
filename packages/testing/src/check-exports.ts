import { spawnSync } from 'node:child_process'
import { mkdtempDisposableSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { pack } from './packed.ts'

// Can the package in this folder, once packed, be imported wherever ES modules run, and its types be found?

using folder = mkdtempDisposableSync(join(tmpdir(), 'exports-'))
const tarball = join(folder.path, 'package.tgz')
pack(process.cwd(), tarball)
const findings = [...(await publintFindings()), ...attwFindings()]
for (const finding of findings) process.stderr.write(`${finding}\n`)
if (findings.length > 0) process.exitCode = 1
else process.stdout.write('The packed package exports what it should, say publint and attw.\n')

async function publintFindings(): Promise<string[]> {
  const bytes = readFileSync(tarball)
  const archive = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const { messages, pkg } = await publint({ pack: { tarball: archive }, strict: true })
  return messages.map(
    (found) => `publint: ${formatMessage(found, pkg, { color: false }) ?? found.code}`,
  )
}

function attwFindings(): string[] {
  const cli = dirname(createRequire(import.meta.url).resolve('@arethetypeswrong/cli/package.json'))
  const options = ['--profile', 'esm-only', '--no-emoji', '--no-color', '--format', 'ascii']
  const given = [join(cli, 'dist/index.js'), tarball, ...options]
  const { status, stdout, stderr } = spawnSync(process.execPath, given, { encoding: 'utf8' })
  return status === 0 ? [] : [`attw: ${stdout}${stderr}`]
}
