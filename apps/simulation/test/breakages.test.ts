import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Breakage } from '../src/breakages/breakage.ts'
import { breakages } from '../src/breakages/breakages.ts'

function read(path: string): string {
  return readFileSync(fileURLToPath(import.meta.resolve(path)), 'utf8')
}

test.for(Object.entries(breakages))('%s: there is still what it breaks', ([, breakage]) => {
  const { more = [], ...first }: Breakage = breakage
  for (const { file, from } of [first, ...more]) {
    expect(read(`../../api/src/${file}`).split(from)).toHaveLength(2)
  }
})

test('the README has a row for each breakage, and each was noticed', () => {
  const [, table = ''] = read('../README.md').split(/<!-- (?:end of )?breakages -->/)
  const names = [...table.matchAll(/^\| ([^|]+?) +\|/gm)].map(([, name]) => name)
  expect(names).toEqual(expect.arrayContaining(Object.keys(breakages)))
  expect(table).not.toContain('not noticed')
})
