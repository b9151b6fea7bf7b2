import { type Schema, Validator } from '@cfworker/json-schema'
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' }
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Folder } from './folder.ts'
import { run } from './world.ts'

// What is written for code scanning, held against the schema that OASIS publishes.

const validator = new Validator(schema as Schema, '7', false)

test.each<[string, Readonly<Record<string, string>>, number]>([
  ['nothing', {}, 0],
  ['every kind of finding', { [join(import.meta.dirname, 'fixture')]: '' }, 30],
  ['hostile names', { 'a b\n%\u001B[31m<b>:\\é😀\uFFFF.ts': 'claude-2.1 claude-opus-5-5' }, 2],
])('SARIF of %s is valid', async (_, files, least) => {
  using folder = new Folder()
  const paths = Object.keys(files).filter((path) => files[path] === '')
  for (const [path, text] of Object.entries(files)) if (text) folder.write(path, text)
  const { out } = await run(folder.path, ['--format', 'sarif', '--all', ...paths])
  const log: unknown = JSON.parse(out)
  expect(log).toMatchObject({
    runs: [{ results: { length: expect.toSatisfy((length: number) => length >= least) } }],
  })
  expect(validator.validate(log)).toEqual({ valid: true, errors: [] })
})

test('the schema refuses what is none', () => {
  expect(validator.validate({ version: '2.1.0', runs: [{ results: [{}] }] }).valid).toBe(false)
})
