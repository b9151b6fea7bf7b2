import { execFile, execFileSync } from 'node:child_process'
import { mkdtempDisposableSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestHarness } from 'wrangler'
import * as source from '../src/index.ts'
import { install, pack } from './packed.ts'
import { serve } from './server.ts'

const execute = promisify(execFile)
const { server, url } = await serve()
const folder = mkdtempDisposableSync(join(tmpdir(), 'core-'))
const installed = join(folder.path, 'node_modules/@models-edge/core')

const told = {
  older: ['claude-opus-5-5', 'claude-haiku-4-5-20251001', 'claude-sonnet-4-5-20250929'],
  newer: ['claude-haiku-4-5-20251001', 'claude-sonnet-4-5-20250929', 'claude-opus-5-5'],
  model: 'claude-haiku-4-5-20251001',
  refused: "ApiError: Invalid pagination cursor for 'after_id'",
  changes: ['chg_1', 'chg_2'],
}

beforeAll(() => install(pack(folder.path), folder.path), 60_000)

afterAll(() => {
  server.close()
  folder.remove()
})

describe('the packed package', () => {
  test('holds what was built, and no sources, tests or dependencies', () => {
    const tarball = join(folder.path, 'core.tgz')
    const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n')
    const modules = readdirSync(join(import.meta.dirname, '../src'))
      .filter((name) => !name.endsWith('.test.ts'))
      .map((name) => name.replace('.ts', ''))
    const expected = [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'package.json',
      ...modules.flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.js`]),
    ]
    expect(files.toSorted()).toEqual(expected.map((name) => `package/${name}`).toSorted())

    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as object
    expect(manifest).toMatchObject({ name: '@models-edge/core', type: 'module', license: 'MIT' })
    expect(manifest).toHaveProperty(['exports', '.'], {
      types: './dist/index.d.ts',
      default: './dist/index.js',
    })
    for (const name of ['dependencies', 'peerDependencies', 'optionalDependencies']) {
      expect(manifest).not.toHaveProperty(name)
    }
  })

  test('walks a list in plain Node', async () => {
    const { stdout } = await execute(process.execPath, ['main.ts', url], { cwd: folder.path })
    expect(JSON.parse(stdout)).toEqual(told)
  })

  test('walks a list inside workerd', async () => {
    const config = {
      name: 'packed',
      main: 'worker.js',
      compatibility_date: '2026-11-01',
      vars: { API: url },
    }
    const workers = createTestHarness({ root: folder.path, workers: [{ config }] })
    try {
      await workers.listen()
      expect(await (await workers.fetch('/')).json()).toEqual(told)
    } finally {
      await workers.close()
    }
  })
})

describe('the README', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
  const examples = Array.from(readme.matchAll(/^```ts\n(.*?)^```$/gms), ([, code = '']) => code)
  const files = examples.map((code, position) => {
    const file = `example-${position + 1}.ts`
    writeFileSync(join(folder.path, file), code)
    return file
  })

  test.each([
    [
      'example-1.ts',
      'claude-opus-5-5 Claude Opus 5.5\nclaude-haiku-4-5-20251001 Claude Haiku 4.5\n',
    ],
    [
      'example-2.ts',
      'claude-opus-5-5, claude-haiku-4-5-20251001 true\n' +
        "400 invalid_request_error Invalid pagination cursor for 'after_id'\n" +
        'no use in trying again\n',
    ],
    ['example-3.ts', 'claude-sonnet-4-5-20250929 is deprecated, days left: 10\n'],
    [
      'example-4.ts',
      '2026-11-20T00:00:00Z claude-opus-5-5 released\n' +
        '2026-11-20T00:00:00Z claude-sonnet-4-5-20250929 deprecated\n',
    ],
    [
      'example-5.ts',
      /^newer\nolder\n\{"type":"error",.*"limit: Input should be greater than or equal to 1"/,
    ],
  ])('has an %s that does what it says', async (file, output) => {
    const api = { ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: 'any', MODELS_EDGE_URL: url }
    const env = { ...process.env, ...api }
    const ran = await execute(process.execPath, [file], { cwd: folder.path, env })
    expect(ran.stdout + ran.stderr).toMatch(output)
  })

  test('has no other examples, and they compile against the packed types', async () => {
    expect(files).toHaveLength(5)
    const environment = 'declare const process: { env: Record<string, string | undefined> }'
    writeFileSync(join(folder.path, 'process.d.ts'), environment)
    const config = {
      extends: join(import.meta.dirname, '../tsconfig.json'),
      files: ['process.d.ts', 'program.ts', ...files],
      include: [],
    }
    writeFileSync(join(folder.path, 'tsconfig.json'), JSON.stringify(config))
    const typescript = createRequire(import.meta.url).resolve('typescript/package.json')
    const tsc = join(dirname(typescript), 'bin/tsc')
    const ran = await execute(process.execPath, [tsc], { cwd: folder.path }).catch(
      (error: { stdout: string }) => error,
    )
    expect(ran.stdout).toBe('')
  })

  test('lists every export, and nothing else', () => {
    const index = readFileSync(join(import.meta.dirname, '../src/index.ts'), 'utf8')
    const exported = Array.from(index.matchAll(/\{(.*?)\}/gs), ([, names = '']) =>
      names.split(',').map((name) => name.replace('type', '').trim()),
    )
    const listed = Array.from(readme.matchAll(/^\| (`.*?) +\|/gm), ([, names = '']) =>
      names.split(', ').map((name) => name.replaceAll('`', '')),
    )
    expect(listed.flat().toSorted()).toEqual(exported.flat().filter(Boolean).toSorted())
    expect(listed.flat()).toEqual(expect.arrayContaining(Object.keys(source)))
  })
})
