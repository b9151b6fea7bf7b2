import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { listen } from '@models-edge/testing/listener'
import { compile, examplesOf, installPacked, run } from '@models-edge/testing/packed'
import { afterAll, describe, expect, test } from 'vitest'
import { Folder } from './folder.ts'
import { DOCUMENT, MODELS } from './models.ts'

/** In bytes, by gzip: a first run downloads it. */
const LIMIT = 16_500

const source = join(import.meta.dirname, '..')
const installed = installPacked(source)
const { folder } = installed
const check = join(folder, 'node_modules/@models-edge/check/dist/check.js')
const edge = await listen(({ url = '' }, response) => {
  const page = { data: MODELS, has_more: false, first_id: null, last_id: null }
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify(url.startsWith('/v1/lifecycle') ? DOCUMENT : page))
})
const variables = { MODELS_EDGE_URL: edge.origin, XDG_CACHE_HOME: folder, ANTHROPIC_API_KEY: '' }

afterAll(async () => {
  installed[Symbol.dispose]()
  await edge.close()
})

/** The first example in this language that has these words. */
function example(language: string, words: string): string {
  const found = examplesOf(source, language).find((code) => code.includes(words))
  if (found === undefined) throw new Error(`the README has no ${language} with ${words}`)
  return found.replaceAll('https://models.example', edge.origin)
}

/** Puts the packed command where `npx` would find it. */
function withCommand(files: Readonly<Record<string, string>>): Folder {
  const bin = `#!/bin/sh\nexec '${process.execPath}' '${check}' "$@"\n`
  const npx = `#!/bin/sh\n[ "$1 $2" = "-y @models-edge/check" ] || exit 9\nshift 2\nexec '${process.execPath}' '${check}' "$@"\n`
  const made = new Folder(files)
  for (const [name, text] of [
    ['npx', npx],
    ['models-edge-check', bin],
  ] as const) {
    mkdirSync(join(made.path, '.git/bin'), { recursive: true })
    writeFileSync(join(made.path, '.git/bin', name), text, { mode: 0o755 })
  }
  return made
}

/** A file of a package, beside the one that is imported. */
function besides(entry: string, file: string): string {
  return fileURLToPath(new URL(file, entry))
}

interface Ran {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Not synchronously: the service that it asks is in this process. */
function shell({ path }: Folder, line: string, input = ''): Promise<Ran> {
  const PATH = `${join(path, '.git/bin')}:${dirname(process.execPath)}:${process.env['PATH']}`
  const env = { ...process.env, ...variables, PATH }
  return new Promise((settle) => {
    const child = execFile('sh', ['-c', line], { cwd: path, env }, (error, stdout, stderr) =>
      settle({ status: Number(error?.code ?? 0), stdout, stderr }),
    )
    child.stdin?.end(input)
  })
}

describe('the packed package', () => {
  test('holds two files that need nothing, types, and no sources, tests or dependencies', () => {
    const others = installed.files.filter((path) => !path.endsWith('.d.ts'))
    const meta = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', 'schema.json']
    expect(others).toEqual([...meta, 'dist/check.js', 'dist/index.js'].toSorted())
    expect(installed.dependencies).toEqual([])
    for (const file of ['dist/check.js', 'dist/index.js']) {
      const imported = Array.from(
        installed.read(file).matchAll(/\bfrom"([^"]+)"/g),
        ([, name]) => name,
      )
      expect(imported.filter((name) => !name?.startsWith('node:'))).toEqual([])
      expect(imported).not.toEqual([])
    }
  })

  test('is as small as its limit', () => {
    expect(gzipSync(installed.read('dist/check.js'), { level: 9 }).length).toBeLessThanOrEqual(
      LIMIT,
    )
  })

  test('compiles and runs as the README says, without core beside it', async () => {
    const program = example('ts', 'checkFiles')
    writeFileSync(join(folder, 'example.ts'), program)
    writeFileSync(
      join(folder, 'process.d.ts'),
      'declare const process: { env: Record<string, string | undefined> }',
    )
    const options = { lib: ['ES2024', 'DOM'], module: 'nodenext', skipLibCheck: true }
    expect(await compile(folder, ['process.d.ts', 'example.ts'], options)).toBe('')
    const printed = await run(folder, [process.execPath, 'example.ts'], variables)
    expect(printed).toMatch(/^1 8 claude-2\.1 retired\n\d+\n$/)
  })
})

describe('the README’s recipes', () => {
  const DEAD = { 'a.ts': 'claude-2.1', 'b.ts': 'claude-opus-5-5' }

  test('the command', async () => {
    using made = withCommand(DEAD)
    const { status, stdout } = await shell(made, example('sh', '--from'))
    expect(stdout).toContain('claude-2.1  retired since 21 Jul 2025\n    a.ts:1:1\n')
    expect(status).toBe(1)
  })

  test('the configuration', async () => {
    using made = withCommand({ ...DEAD, 'models-check.json': example('json', 'failOn') })
    const { status, stdout } = await shell(made, 'models-edge-check')
    expect(stdout).toContain('The configuration ignores CHANGELOG.md, which is nowhere.')
    expect(status).toBe(0)
  })

  const COMMIT = 'git -c user.name=a -c user.email=a@b.example commit -qm c'

  test('husky, by its own program', async () => {
    using made = withCommand({ ...DEAD, '.husky/pre-commit': example('sh', '--changed') })
    made.git('init', '-q')
    made.git('add', 'a.ts', 'b.ts')
    await shell(made, `'${process.execPath}' '${besides(import.meta.resolve('husky'), 'bin.js')}'`)
    const first = await shell(made, COMMIT)
    expect([first.status, first.stdout + first.stderr]).toEqual([1, expect.stringMatching('a.ts')])
    made.write('a.ts', '')
    expect((await shell(made, `git add a.ts && ${COMMIT}`)).status).toBe(0)
    made.write('a.ts', 'claude-2.1')
    expect((await shell(made, `${COMMIT} a.ts`)).status).toBe(1)
  })

  test('lint-staged, by its own program, which names files from the root of all', async () => {
    const config = { ignore: { paths: ['/old/'] } }
    using made = withCommand({
      ...DEAD,
      'old/c.ts': 'claude-2.1',
      'models-check.json': JSON.stringify(config),
      'package.json': example('json', 'lint-staged'),
    })
    made.git('init', '-q')
    made.git('commit', '-q', '--allow-empty', '-m', 'a')
    const program = besides(import.meta.resolve('lint-staged'), '../bin/lint-staged.js')
    const staged = `'${process.execPath}' '${program}'`
    made.git('add', 'a.ts', 'b.ts', 'old')
    const { status, stderr, stdout } = await shell(made, staged)
    expect([status, stdout + stderr]).toEqual([1, expect.stringContaining('    a.ts:1:1\n')])
    expect(stdout + stderr).not.toContain('c.ts')
    made.git('reset', '-q', 'a.ts')
    expect((await shell(made, staged)).status).toBe(0)
  })

  test('the hook of Claude Code tells what was written, and nothing where all is well', async () => {
    using made = withCommand(DEAD)
    type Hooks = { hooks: { PostToolUse: [{ hooks: [{ command: string }] }] } }
    const { hooks } = JSON.parse(example('json', 'PostToolUse')) as Hooks
    const [{ command }] = hooks.PostToolUse[0].hooks
    const written = (file: string): string =>
      JSON.stringify({ tool_name: 'Write', tool_input: { file_path: join(made.path, file) } })
    const dead = await shell(made, command, written('a.ts'))
    expect([dead.status, dead.stdout]).toEqual([2, ''])
    expect(dead.stderr).toContain('claude-2.1')
    expect((await shell(made, command, written('b.ts'))).status).toBe(0)
  })
})
