import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listen } from '@models-edge/testing/listener'
import { examplesOf } from '@models-edge/testing/packed'
import { afterAll, expect, test } from 'vitest'
import { Folder } from './folder.ts'

// The action as GitHub's runner starts it: the repository of a tag, where nothing is installed or built, the
// inputs as variables, files for what it tells.

const root = join(import.meta.dirname, '../../..')
const tag = new Folder()
for (const path of [
  'action.yml',
  'apps/check/action.js',
  'apps/check/package.json',
  'apps/check/src',
  'packages/core/package.json',
  'packages/core/src',
]) {
  mkdirSync(join(tag.path, path, '..'), { recursive: true })
  cpSync(join(root, path), join(tag.path, path), { recursive: true })
}
const action = readFileSync(join(tag.path, 'action.yml'), 'utf8')

afterAll(() => tag[Symbol.dispose]())

/** The names below a word of the file, and what a name of the whole says. */
function namesBelow(word: string): readonly string[] {
  const [, part = ''] = new RegExp(`^${word}:\\n((?: .*\\n)+)`, 'm').exec(action) ?? []
  return Array.from(part.matchAll(/^ {2}([a-z-]+):$/gm), ([, name = '']) => name)
}

interface Ran extends Disposable {
  readonly status: number
  readonly stdout: string
  /** A file of the workspace. */
  read(name: string): string
}

/** Not synchronously: the service that it asks is in this process. */
async function start(
  inputs: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
): Promise<Ran> {
  const workspace = new Folder({ ...files, '.git/summary': '', '.git/output': '' })
  const [, main = ''] = /^ {2}main: (.+)$/m.exec(action) ?? []
  const given = Object.entries(inputs).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ])
  const place = (name: string): string => join(workspace.path, '.git', name)
  const env = {
    ...Object.fromEntries(given),
    PATH: process.env['PATH'],
    HOME: place('home'),
    GITHUB_STEP_SUMMARY: place('summary'),
    GITHUB_OUTPUT: place('output'),
  }
  const command = [join(tag.path, main)]
  const { status, stdout } = await new Promise<Pick<Ran, 'status' | 'stdout'>>((settle) => {
    execFile(process.execPath, command, { cwd: workspace.path, env }, (error, written) =>
      settle({ status: Number(error?.code ?? 0), stdout: written }),
    )
  })
  const read = (name: string): string => readFileSync(join(workspace.path, name), 'utf8')
  return { status, stdout, read, [Symbol.dispose]: () => workspace[Symbol.dispose]() }
}

test('runs in the Node that reads TypeScript by itself', () => {
  expect(action).toContain('\n  using: node24\n')
})

test('finds what is dead, and writes annotations, a table, counts and a report', async () => {
  using ran = await start(
    { paths: 'a.ts\nb.ts', output: 'models.sarif' },
    { 'a.ts': 'claude-2.1', 'b.ts': '' },
  )
  expect(ran.stdout).toMatch(/^::error file=a\.ts,line=1,col=1,title=[^\n]+\n$/)
  expect(ran.read('.git/summary')).toContain(
    '| <code>claude-2.1</code> | ❌ retired since 21 Jul 2025 |',
  )
  const outputs = ran.read('.git/output')
  for (const name of namesBelow('outputs'))
    expect(outputs).toMatch(new RegExp(`^${name}=\\d+$`, 'm'))
  expect(outputs).toMatch(/^retired=1$/m)
  expect(JSON.parse(ran.read('models.sarif'))).toMatchObject({
    runs: [{ results: [{ level: 'error' }] }],
  })
  expect(ran.status).toBe(1)
})

test('heeds its inputs', async () => {
  using ran = await start(
    { 'fail-on': 'none', format: 'json', output: 'a.json' },
    { 'a.ts': 'claude-2.1' },
  )
  expect(ran.status).toBe(0)
  expect(JSON.parse(ran.read('a.json'))).toMatchObject({ version: 1, summary: { failing: 0 } })
  using wrong = await start({ within: 'soon' }, {})
  expect(wrong.status).toBe(2)
  expect(namesBelow('inputs').toSorted()).toEqual(
    'changed config fail-on format from output paths within'.split(' '),
  )
})

test.each([
  ['a file of what could be checked', 'a.sarif', 2, true],
  ['no file where it cannot be written, and 2', 'nowhere/a.sarif', 2, false],
])('writes %s', async (_, output, code, isWritten) => {
  using ran = await start({ output }, { 'a.ts': 'claude-opus-5-5' })
  expect(ran.status).toBe(code)
  if (isWritten) expect(ran.read(output)).toContain('"ruleId":"unchecked"')
  else expect(() => ran.read(output)).toThrow('ENOENT')
})

test('this repository’s own workflow gives it inputs that it has', () => {
  const workflow = readFileSync(join(root, '.github/workflows/models.yml'), 'utf8')
  const [, given = ''] = /- uses: \.\/\n {8}with:\n((?: {10}.*\n)+)/.exec(workflow) ?? []
  const names = Array.from(given.matchAll(/^ +([a-z-]+): /gm), ([, name]) => name)
  expect(names).toEqual(['from', 'fail-on'])
  expect(namesBelow('inputs')).toEqual(expect.arrayContaining(names))
})

test('the README’s workflow gives it inputs that it has', async () => {
  const source = join(import.meta.dirname, '..')
  const workflow = examplesOf(source, 'yaml').find((code) => code.includes('models-edge@v1')) ?? ''
  const [, step = ''] = /models-edge@v1\n {8}with:\n((?: {10}.*\n)+)/.exec(workflow) ?? []
  const inputs = Object.fromEntries(
    Array.from(step.matchAll(/^ +([a-z-]+): (.+)$/gm), ([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
  for (const name of Object.keys(inputs)) expect(namesBelow('inputs')).toContain(name)
  await using closed = await listen((_, response) => response.writeHead(503).end())
  using ran = await start({ ...inputs, from: closed.origin }, { a: 'claude-2.1' })
  expect(ran.status).toBe(1)
  expect(workflow).toContain(`sarif_file: ${inputs['output']}`)
})
