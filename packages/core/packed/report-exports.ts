import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'

/** Says whether a packed package can be imported, and finds its types, wherever ES modules run. */
export async function reportExports(tarball: string): Promise<void> {
  const findings = [...(await publintFindings(tarball)), ...attwFindings(tarball)]
  for (const finding of findings) process.stderr.write(`${finding}\n`)
  process.exitCode = findings.length > 0 ? 1 : 0
  if (findings.length > 0) return
  process.stdout.write('The packed package exports what it should, say publint and attw.\n')
}

async function publintFindings(tarball: string): Promise<string[]> {
  const bytes = readFileSync(tarball)
  const archive = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  const { messages, pkg } = await publint({ pack: { tarball: archive }, strict: true })
  return messages.map(
    (found) => `publint: ${formatMessage(found, pkg, { color: false }) ?? found.code}`,
  )
}

function attwFindings(tarball: string): string[] {
  const cli = dirname(createRequire(import.meta.url).resolve('@arethetypeswrong/cli/package.json'))
  const options = ['--profile', 'esm-only', '--no-emoji', '--no-color', '--format', 'ascii']
  const given = [join(cli, 'dist/index.js'), tarball, ...options]
  const { status, stdout, stderr } = spawnSync(process.execPath, given, { encoding: 'utf8' })
  return status === 0 ? [] : [`attw: ${stdout}${stderr}`]
}
