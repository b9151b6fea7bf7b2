import { symlinkSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { Folder } from '../test/folder.ts'
import { HISTORY, LIVE, NOW } from '../test/models.ts'
import type { Catalog } from './catalog.ts'
import { checkFiles, type FilesOptions } from './check-files.ts'
import { exitCodeOf, type Report } from './report.ts'

const DEAD = 'claude-2.1'

function ask(): Promise<Catalog> {
  return Promise.resolve(LIVE)
}

function refuse(): Promise<Catalog> {
  return Promise.reject(new Error('nobody should be asked'))
}

function check(folder: Folder, options: FilesOptions = {}, paths = ['.']): Promise<Report> {
  return checkFiles(paths, ask, { cwd: folder.path, now: NOW, isAll: true, ...options })
}

function pathsOf({ findings }: Report): readonly string[] {
  return findings.map(({ path }) => path)
}

const FILES = {
  '.gitignore': 'out\n',
  '.github/a.yml': DEAD,
  'README.md': DEAD,
  'node_modules/a.js': DEAD,
  'out/a.js': DEAD,
  'src/.env': DEAD,
  'src/.gitignore': '*.log\n!keep.log',
  'src/a.log': DEAD,
  'src/keep.log': DEAD,
  'src/plain.ts': 'nothing',
}
const EXPECTED = ['.github/a.yml', 'README.md', 'src/.env', 'src/keep.log']

describe('which files', () => {
  test('without git, all that .gitignore files leave', async () => {
    using folder = new Folder(FILES)
    symlinkSync('..', join(folder.path, 'src/loop'))
    const report = await check(folder)
    expect(pathsOf(report).toSorted()).toEqual(EXPECTED)
    expect(report.skipped).toEqual([{ path: 'src/loop', why: 'a link' }])
  })

  test('with git, what it lists: also what is new, and not what is ignored', async () => {
    using folder = new Folder({ ...FILES, '.gitignore': 'out\nnode_modules' })
    folder.git('init', '-q')
    folder.git('add', 'README.md', 'src/plain.ts')
    unlinkSync(join(folder.path, 'src/plain.ts'))
    const report = await check(folder)
    expect(pathsOf(report).toSorted()).toEqual(EXPECTED)
    expect(report.skipped).toEqual([
      { path: 'src/plain.ts', why: 'it is gone, or its name is not UTF-8' },
    ])
    // Named, an ignored folder is checked all the same; and nothing twice.
    expect(pathsOf(await check(folder, {}, ['out', './out/a.js']))).toEqual(['out/a.js'])
    expect(pathsOf(await check(folder, {}, ['src/', 'README.md']))).toHaveLength(3)
    expect(pathsOf(await check(folder, { cwd: join(folder.path, 'src') }))).toHaveLength(2)
  })

  test('only what differs from where the branch left another', async () => {
    using folder = new Folder({ a: DEAD, b: DEAD, 'd/c': DEAD })
    folder.git('init', '-q')
    folder.git('add', '.')
    folder.git('commit', '-qm', 'a')
    folder.git('checkout', '-qb', 'branch')
    folder.write('a', `${DEAD} `)
    folder.write('d/new', DEAD)
    folder.git('rm', '-q', 'b')
    expect(pathsOf(await check(folder, { changed: 'main' }))).toEqual(['a', 'd/new'])
    expect(pathsOf(await check(folder, { changed: 'main' }, ['d']))).toEqual(['d/new'])
    // Also of files that are named.
    expect(pathsOf(await check(folder, { changed: 'main' }, ['a', 'd/c']))).toEqual(['a'])
    await expect(check(folder, { changed: '--output=x' })).rejects.toThrow('is not known')
    await expect(check(folder, { changed: 'nowhere' })).rejects.toThrow('nowhere is not known')
  })

  test('all of them before the first commit', async () => {
    using folder = new Folder({ a: DEAD })
    folder.git('init', '-q')
    expect(pathsOf(await check(folder, { changed: 'HEAD' }))).toEqual(['a'])
    folder.git('add', 'a')
    expect(pathsOf(await check(folder, { changed: 'HEAD' }))).toEqual(['a'])
  })

  test('in a hook of a working tree, where git names its repository', async () => {
    using folder = new Folder({ 'src/a': DEAD })
    folder.git('init', '-q')
    folder.git('add', '.')
    folder.git('commit', '-qm', 'a')
    folder.git('worktree', 'add', '-q', '.git/tree', '-b', 'tree')
    const cwd = join(folder.path, '.git/tree')
    vi.stubEnv('GIT_DIR', join(folder.path, '.git/worktrees/tree'))
    vi.stubEnv('GIT_INDEX_FILE', join(folder.path, '.git/worktrees/tree/index'))
    const report = await check(folder, { cwd }, ['src']).finally(() => vi.unstubAllEnvs())
    expect([pathsOf(report), report.skipped]).toEqual([['src/a'], []])
  })

  test('each by one name, however it was given', async () => {
    using folder = new Folder({ 'src/a': DEAD })
    const cwd = join(folder.path, 'src')
    const paths = [join(cwd, 'a'), './a', '../src/a', '.']
    const whole = await check(folder, { cwd }, paths)
    expect(pathsOf(whole)).toEqual(['a'])
    const ignored = await check(folder, { config: { ignore: { paths: ['/src/a'] } } }, [cwd])
    expect(ignored.findings).toEqual([])
  })

  test('a repository’s settings start no program', async () => {
    using folder = new Folder({ a: DEAD })
    folder.git('init', '-q')
    const mark = join(folder.path, '.git/started')
    folder.git('config', 'core.fsmonitor', `touch ${mark}; false`)
    await check(folder)
    expect(() => unlinkSync(mark)).toThrow('ENOENT')
  })

  test('names with line breaks and quotes are names', async () => {
    using folder = new Folder({ 'a\nb"\u001b[31m ü': DEAD })
    folder.git('init', '-q')
    expect(pathsOf(await check(folder))).toEqual(['a\nb"\u001b[31m ü'])
  })

  test('what somebody names and is not there is an error', async () => {
    using folder = new Folder()
    await expect(check(folder, {}, ['nowhere'])).rejects.toThrow('no such file or folder: nowhere')
  })
})

describe('the report', () => {
  test('of an empty folder, where nobody is asked', async () => {
    using folder = new Folder({ a: 'claude-code' })
    const report = await checkFiles(['.'], refuse, { cwd: folder.path })
    expect(report).toMatchObject({ data: null, summary: { files: 1, ids: 0 }, findings: [] })
    expect(exitCodeOf(report)).toBe(0)
  })

  test('counts', async () => {
    using folder = new Folder({
      a: `${DEAD} ${DEAD} claude-opus-5-5`,
      b: 'claude-sonnet-4-5 claude-opus-4-7 claude-sonnet-4-6 claude-opus-9 a.claude-2',
    })
    const { data, summary } = await check(folder)
    expect(data?.source).toBe('live')
    expect(summary).toEqual({
      files: 2,
      files_with_ids: 2,
      ids: 6,
      failing: 4,
      active: 1,
      deprecated: 2,
      overdue: 1,
      retired: 2,
      unknown: 1,
      unchecked: 0,
      'other-platform': 0,
    })
  })

  test.each<[string, object, number]>([
    ['claude-opus-5-5', {}, 0],
    ['claude-opus-4-7', {}, 0],
    ['claude-opus-4-7', { within: 200 }, 1],
    ['claude-sonnet-4-5', {}, 1],
    ['claude-sonnet-4-5', { within: 9 }, 0],
    ['claude-sonnet-4-5', { failOn: ['retired'] }, 0],
    ['claude-haiku-4-5-20251001', { within: 9999 }, 0],
    ['claude-opus-9', {}, 0],
    ['claude-opus-9', { failOn: ['unknown'] }, 1],
    ['anthropic.claude-2.1', {}, 0],
    ['anthropic.claude-2.1', { failOn: ['other-platform'] }, 1],
    [DEAD, { failOn: [] }, 0],
  ])('fails or not: %s with %j is %i', async (text, config, code) => {
    const stdin = { text, path: 'a' }
    expect(exitCodeOf(await checkFiles(['.'], ask, { stdin, config, now: NOW }))).toBe(code)
  })

  test.each([
    ['claude-opus-5-5', 2],
    [DEAD, 1],
    [`${DEAD} claude-opus-5-5`, 1],
    ['anthropic.claude-opus-5-5', 0],
    ['nothing', 0],
  ])('where nobody could be asked, %s is %i', async (text, code) => {
    const stdin = { text, path: 'a' }
    const report = await checkFiles(['.'], () => Promise.resolve(HISTORY), { stdin, now: NOW })
    expect(exitCodeOf(report)).toBe(code)
  })
})

describe('the configuration', () => {
  const files = { 'a/b.ts': `${DEAD} claude-opus-9`, 'infra/c.tf': 'claude-opus-5-5', d: DEAD }

  test('ignores paths and names, and what ignores nothing is told', async () => {
    using folder = new Folder({ ...files, d: `${DEAD}\n# models-check: ignore\n` })
    const ignore = { paths: ['infra/', '*.md', '!x'], ids: [DEAD, 'claude-opus-4'] }
    const report = await check(folder, { config: { ignore } })
    expect(report.findings.map(({ text }) => text)).toEqual(['claude-opus-9'])
    expect(report.idle_ignores).toEqual([
      { path: 'd', line: 2 },
      { entry: '*.md' },
      { entry: 'claude-opus-4' },
    ])
    const partly = await check(folder, { config: { ignore } }, ['a'])
    expect(partly.idle_ignores).toEqual([])
  })

  test('says whose spelling it is in a path', async () => {
    using folder = new Folder(files)
    const { findings } = await check(folder, { config: { platforms: { vertex: ['infra'] } } })
    expect(findings.map(({ path, platform }) => `${path} ${platform}`).toSorted()).toEqual([
      'a/b.ts anthropic',
      'a/b.ts anthropic',
      'd anthropic',
      'infra/c.tf vertex',
    ])
  })
})

test('progress is told every few hundred files', async () => {
  using folder = new Folder(
    Object.fromEntries(Array.from({ length: 600 }, (_, place) => [`${place}`, ''])),
  )
  const told: number[] = []
  await check(folder, { onProgress: (files) => told.push(files) })
  expect(told).toEqual([256, 512])
})
