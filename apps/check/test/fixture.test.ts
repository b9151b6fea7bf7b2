import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Report } from '../src/report.ts'
import { Folder } from './folder.ts'
import { run } from './world.ts'

// A repository with every spelling, trap and kind of file, and beside it what has to be said of it.

const fixture = join(import.meta.dirname, 'fixture')
const expected = readFileSync(join(import.meta.dirname, 'fixture.txt'), 'utf8')

test('what is said of the fixture is what has to be said', async () => {
  using home = new Folder()
  const env = { HOME: home.path, MODELS_EDGE_URL: 'https://models.example' }
  const { code, out } = await run(fixture, ['--format=json', '--all'], { env })
  const { findings, skipped } = JSON.parse(out) as Report
  const lines = findings.map(({ cell, column, line, nearest, path, platform, status, text }) => {
    const inCell = cell === null ? '' : ` (cell ${cell})`
    const whose = status === 'other-platform' ? ` ${platform}` : ''
    const near = nearest.length > 0 ? ` ${nearest.join()}` : ''
    return `${path}:${line}:${column}${inCell} ${text} ${status}${whose}${near}`
  })
  expect(lines).toEqual(expected.trimEnd().split('\n'))
  expect([code, skipped]).toEqual([1, []])
})
