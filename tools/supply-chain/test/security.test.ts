import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../src/pnpm.ts'

const files = ['SECURITY.md', 'apps/api/test/caching/README.md']

test.each(files)('every link in %s leads to a file', (file) => {
  const links = linksIn(file).filter((target) => !/^https?:/.test(target))
  expect(links.length).toBeGreaterThan(0)
  const dead = links.filter((target) => !existsSync(join(root, dirname(file), target)))
  expect(dead).toEqual([])
})

test('every promise in SECURITY.md names a test', () => {
  const rows = read('SECURITY.md').match(/^\| (?!Promise|-).*$/gm) ?? []
  expect(rows.length).toBeGreaterThan(5)
  expect(rows.filter((row) => !/\[[^\]]+\.test\.ts\]\([^)]+\.test\.ts\)/.test(row))).toEqual([])
})

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

function linksIn(file: string): readonly string[] {
  return [...read(file).matchAll(/\]\(([^)#\s]+)/g)].map(([, target = '']) => target)
}
