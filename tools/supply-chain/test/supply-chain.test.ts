import { spawnSync } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { auditVerdict } from '../src/audit.ts'
import { allowedScripts, installScripts } from '../src/install-scripts.ts'
import { type Licences, strangers } from '../src/licences.ts'
import { lockfileFaults } from '../src/lockfile.ts'
import { root } from '../src/pnpm.ts'

const hash = `sha512-${'a'.repeat(86)}==`

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'models-edge-supply-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

describe('the lockfile', () => {
  test('of this project has no fault', () => {
    expect(lockfileFaults(readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8'))).toEqual([])
  })

  test.each([
    ['an address', `    resolution: {integrity: ${hash}, tarball: https://a.test/a.tgz}`],
    ['an address that is only told', `    deprecated: see https://a.test`],
    ['a commit', '    resolution: {commit: 0123, repo: git+ssh://a.test/a, type: git}'],
    ['a weaker hash', '    resolution: {integrity: sha1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}'],
    ['no hash', '    resolution: {directory: ../elsewhere, type: directory}'],
    ['nothing', 'packages: {}'],
  ])('may not hold %s', (_, line) => {
    expect(lockfileFaults(`packages:\n${line}\n`)).not.toEqual([])
  })

  test('may hold what is pinned by its hash', () => {
    expect(lockfileFaults(`  a@1.0.0:\n    resolution: {integrity: ${hash}}\n`)).toEqual([])
  })
})

describe('install scripts', () => {
  test('are found in every package, in a scope or not, whatever their kind', () => {
    const store = temporary()
    const add = (folder: string, manifest: object): string => {
      const path = join(store, folder)
      mkdirSync(path, { recursive: true })
      writeFileSync(join(path, 'package.json'), JSON.stringify(manifest))
      return path
    }
    add('a@1/node_modules/a', { name: 'a', scripts: { test: 'x' } })
    add('b@1/node_modules/b', { name: 'b', scripts: { postinstall: 'x' } })
    add('@s+c@1/node_modules/@s/c', { name: '@s/c', scripts: { preinstall: 'x' } })
    writeFileSync(join(add('d@1/node_modules/d', { name: 'd' }), 'binding.gyp'), '')
    expect(installScripts(store)).toEqual(['@s/c', 'b', 'd'])
  })

  test('are allowed for two packages, and no other here has one', () => {
    const allowed = allowedScripts(readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8'))
    expect(allowed).toEqual(['esbuild', 'workerd'])
    expect(installScripts(join(root, 'node_modules/.pnpm'))).toEqual(allowed)
  })
})

describe('licences', () => {
  test.each(['MIT', 'MIT OR Apache-2.0', '(MIT OR GPL-3.0)', 'ISC'])('%s ships', (licence) => {
    expect(strangers(licensed(licence), 'production')).toEqual([])
  })

  test.each(['MPL-2.0', 'LGPL-3.0-or-later'])('%s only helps to build', (licence) => {
    expect(strangers(licensed(licence), 'development')).toEqual([])
    expect(strangers(licensed(licence), 'production')).toEqual([`a is licensed as ${licence}`])
  })

  test.each(['GPL-3.0', 'Unknown', 'MIT AND GPL-3.0', 'SEE LICENSE IN x'])(
    '%s does neither',
    (licence) => {
      expect(strangers(licensed(licence), 'development')).toEqual([`a is licensed as ${licence}`])
    },
  )
})

describe('an audit', () => {
  test('tells its findings', () => {
    const finding = { module_name: 'a', title: 'it is bad', severity: 'high' }
    expect(auditVerdict(JSON.stringify({ advisories: { 1: finding } }))).toEqual({
      findings: ['a (high): it is bad'],
    })
    expect(auditVerdict('{"advisories":{}}')).toEqual({ findings: [] })
  })

  test.each([
    ['{"error":{"code":"ERR_PNPM_AUDIT_BAD_RESPONSE"}}', 'ERR_PNPM_AUDIT_BAD_RESPONSE'],
    ['{}', 'the report has no list of advisories'],
    ['Bad Gateway', 'the audit wrote no report'],
  ])('that there is none of (%s) is told as such', (output, unavailable) => {
    expect(auditVerdict(output)).toEqual({ unavailable })
  })
})

describe('the scanner for secrets', () => {
  test.each([
    ["Anthropic's", `ANTHROPIC_API_KEY=sk-ant-api03-${random(93)}AA`],
    ["GitHub's", `token: ghp_${random(36)}`],
    ['a private key', privateKey()],
  ])('finds a planted one: %s', (_, text) => {
    const found = scan(text)
    expect(found.status).toBe(1)
    expect(found.output).toContain('1 problem')
  })

  test('finds nothing in a text without one', () => {
    expect(scan('ANTHROPIC_API_KEY=').status).toBe(0)
  })
})

function scan(text: string): { readonly status: number | null; readonly output: string } {
  const folder = temporary()
  writeFileSync(join(folder, 'planted.txt'), text)
  const program = join(import.meta.dirname, '../node_modules/secretlint/bin/secretlint.js')
  const rules = join(import.meta.dirname, '../secretlint.json')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [program, 'planted.txt', '--secretlintrc', rules],
    { cwd: folder, encoding: 'utf8' },
  )
  return { status, output: stdout + stderr }
}

// Secrets are made up at run time, so that the scanner does not find them in this file.

function random(length: number): string {
  return randomBytes(length).toString('hex').slice(0, length)
}

function privateKey(): string {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return key.export({ type: 'pkcs1', format: 'pem' }).toString()
}

function licensed(licence: string): Licences {
  return { [licence]: [{ name: 'a' }] }
}
