import { execFile, execFileSync } from 'node:child_process'
import { mkdtempDisposableSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { install, pack } from './pack.ts'
import { serve } from './server.ts'

const packageFolder = join(import.meta.dirname, '..')
const { server, url } = await serve()
const folder = mkdtempDisposableSync(join(tmpdir(), 'core-'))

/** What a program of the folder writes, or why it fails. */
async function run(...program: string[]): Promise<string> {
  const api = { ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: 'any', MODELS_EDGE_URL: url }
  const options = { cwd: folder.path, env: { ...process.env, ...api } }
  const ran = await promisify(execFile)(process.execPath, program, options).catch(
    (error: { stdout: string; stderr: string }) => error,
  )
  return ran.stdout + ran.stderr
}

beforeAll(() => install(pack(folder.path), folder.path))

afterAll(() => {
  server.close()
  folder.remove()
})

test('the packed package holds what was built, and no sources, tests or dependencies', () => {
  const list = ['-tzf', join(folder.path, 'core.tgz')]
  const files = execFileSync('tar', list, { encoding: 'utf8' }).trim().split('\n')
  const modules = readdirSync(join(packageFolder, 'src')).filter((name) => !name.includes('.test'))
  const built = modules.map((name) => `dist/${name.replace('.ts', '')}`)
  const others = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']
  const expected = [...others, ...built.flatMap((name) => [`${name}.d.ts`, `${name}.js`])]
  expect(files.toSorted()).toEqual(expected.map((name) => `package/${name}`).toSorted())

  const installed = join(folder.path, 'node_modules/@models-edge/core/package.json')
  const manifest = JSON.parse(readFileSync(installed, 'utf8')) as object
  const paths = { types: './dist/index.d.ts', default: './dist/index.js' }
  expect(manifest).toMatchObject({ type: 'module', exports: { '.': paths } })
  const needed = Object.keys(manifest).filter((name) => /dependencies/i.test(name))
  expect(needed).toEqual(['devDependencies'])
})

test('the packed package walks both ways, asks for a model and follows changes', async () => {
  expect(JSON.parse(await run('program.ts', url))).toEqual({
    older: ['claude-opus-5-5', 'claude-haiku-4-5-20251001', 'claude-sonnet-4-5-20250929'],
    newer: ['claude-haiku-4-5-20251001', 'claude-sonnet-4-5-20250929', 'claude-opus-5-5'],
    model: 'claude-haiku-4-5-20251001',
    refused: "ApiError: Invalid pagination cursor for 'after_id'",
    changes: ['chg_1', 'chg_2'],
  })
})

describe('the README', () => {
  const readme = readFileSync(join(packageFolder, 'README.md'), 'utf8')
  const examples = Array.from(readme.matchAll(/^```ts\n(.*?)^```$/gms), ([, code = '']) => code)
  const files = examples.map((_, place) => `example-${place + 1}.ts`)
  for (const [place, code] of examples.entries()) {
    writeFileSync(join(folder.path, `example-${place + 1}.ts`), code)
  }

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
    expect(await run(file)).toMatch(output)
  })

  test('has no other examples, and they compile against the packed types', async () => {
    expect(files).toHaveLength(5)
    const environment = 'declare const process: { env: Record<string, string | undefined> }'
    writeFileSync(join(folder.path, 'process.d.ts'), environment)
    const config = {
      extends: join(packageFolder, 'tsconfig.build.json'),
      compilerOptions: { noEmit: true, rootDir: '.' },
      files: ['process.d.ts', ...files],
      include: [],
    }
    writeFileSync(join(folder.path, 'tsconfig.json'), JSON.stringify(config))
    const typescript = createRequire(import.meta.url).resolve('typescript/package.json')
    expect(await run(join(dirname(typescript), 'bin/tsc'))).toBe('')
  })
})
