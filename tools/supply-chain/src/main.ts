import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { auditVerdict } from './audit.ts'
import { allowedScripts, installScripts } from './install-scripts.ts'
import { installedLicences, type Licences, strangers } from './licences.ts'
import { lockfileFaults } from './lockfile.ts'
import { pnpm, root } from './pnpm.ts'

// What the project takes from others, and on what terms. Ends with 1 where something is wrong.

const faults: string[] = []

function read(name: string): string {
  return readFileSync(join(root, name), 'utf8')
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function count(licences: Licences): string {
  const numbers = Object.entries(licences).map(([name, packages]) => `${packages.length} ${name}`)
  return numbers.join(', ') || 'none'
}

const frozen = pnpm('install', '--frozen-lockfile', '--lockfile-only')
if (!frozen.ok) faults.push(`pnpm-lock.yaml is not what the manifests ask for: ${frozen.output}`)
faults.push(...lockfileFaults(read('pnpm-lock.yaml')))
if (faults.length === 0)
  say('Lockfile: in step with the manifests, every package by its hash, no address.')

const scripts = installScripts(join(root, 'node_modules/.pnpm'))
const allowed = allowedScripts(read('pnpm-workspace.yaml'))
say(`Install scripts: ${scripts.join(', ') || 'none'}; allowed: ${allowed.join(', ')}.`)
faults.push(
  ...scripts
    .filter((name) => !allowed.includes(name))
    .map((name) => `${name} has an install script, and nobody has allowed it`),
)

for (const scope of ['production', 'development'] as const) {
  const licences = installedLicences(scope)
  say(`Licences, ${scope}: ${count(licences)}.`)
  if (Object.keys(licences).length === 0) faults.push('pnpm lists no licence')
  faults.push(...strangers(licences, scope))
}

const verdict = auditVerdict(pnpm('audit', '--prod', '--json').output)
if ('unavailable' in verdict) {
  say(`Audit: NOT DONE, for this registry does not offer it (${verdict.unavailable}).`)
} else {
  say(`Audit, production: ${verdict.findings.length} findings.`)
  faults.push(...verdict.findings)
}

for (const fault of faults) process.stderr.write(`${fault}\n`)
if (faults.length > 0) process.exitCode = 1
