import { spawnSync } from 'node:child_process'
import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { Folder } from '../test/folder.ts'
import { Patterns } from './patterns.ts'

const folder = new Folder()
folder.git('init', '-q')
afterAll(() => folder[Symbol.dispose]())

/** What git itself says of files that need not be there. */
function ignoredByGit(lines: readonly string[], paths: readonly string[]): readonly string[] {
  folder.write('.gitignore', lines.join('\n'))
  const { stdout } = spawnSync('git', ['check-ignore', '--no-index', '-z', '--stdin'], {
    cwd: folder.path,
    encoding: 'utf8',
    input: paths.join('\0'),
  })
  return stdout.split('\0').filter(Boolean)
}

function ignored(lines: readonly string[], paths: readonly string[]): readonly string[] {
  const patterns = new Patterns(lines)
  return paths.filter((path) => patterns.meaning(path) !== undefined)
}

const PATHS = [
  ...'a b.md a/b a/b.md a/b/c b/a x/a/b/c.ts x/y/z/b.md ab abc a.b.c !a #a'.split(' '),
  ...'a-b a]b [a] a/x/b a/x/y/b \\a docs/a dist/a x/dist/a dist.md'.split(' '),
]

describe('patterns mean what git means by them', () => {
  test.each([
    'a',
    '/a',
    'a/',
    '/a/b',
    'a/b',
    '*.md',
    '/*.md',
    'a/**',
    '**/a',
    'a/**/b',
    '**/b.md',
    '**',
    '*',
    'a?',
    '?b',
    '[ab]',
    '[!a]b',
    '[a-c]bc',
    '\\!a',
    '\\#a',
    '#a',
    'dist/',
    'a ',
    'a\\ ',
    '*b*c*',
    '* !a',
    '*.md !b.md',
    'a/* !a/b',
    'a/** !a/b.md',
    'x/y !x/y/z/b.md',
    '[a',
    '[]a]b',
    '[!]a]b',
    'a[\\-]b',
    'a[\\]]b',
    'a[a\\-c]b',
    'a[-a]b',
    'a[a-]b',
    '[',
    '[]',
    '[!]',
    'a\r',
  ])('%j', (line) => {
    const lines = line.replace(/ (?=!)/g, '\n').split('\n')
    expect(ignored(lines, PATHS)).toEqual(ignoredByGit(lines, PATHS))
  })

  test('whatever they are made of', () => {
    // Two stars beside another character are one star, says git, and does not always do so itself.
    const part = fc.constantFrom('a', 'b', '*', '?', '.md', 'x', '[ab]', '[!x]', '!')
    const name = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''))
    const names = fc.array(fc.oneof(name, fc.constant('**')), { minLength: 1, maxLength: 3 })
    const line = fc
      .tuple(names, fc.constantFrom('', '/'), fc.constantFrom('', '/'))
      .map(
        ([each, before, after]) =>
          before + each.join('/').replaceAll(/\*\*+(?=[^/])|(?<=[^/])\*\*+/g, '*') + after,
      )
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 3 }), (lines) => {
        expect(ignored(lines, PATHS), lines.join('\n')).toEqual(ignoredByGit(lines, PATHS))
      }),
      { numRuns: 300 },
    )
  })
})
