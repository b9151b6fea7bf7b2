import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Folder } from '../test/folder.ts'
import { readConfig } from './config.ts'

const WHOLE = {
  $schema: './schema.json',
  from: 'https://models.example',
  failOn: ['retired', 'unknown'],
  within: 60,
  ignore: { paths: ['fixtures/'], ids: ['claude-2'] },
  platforms: { vertex: ['infra/**'] },
}

test('is read', () => {
  using folder = new Folder({ a: `\uFEFF${JSON.stringify(WHOLE)}`, b: '{}', c: '{"within":0}' })
  expect(readConfig(join(folder.path, 'c'), true)).toEqual({ within: 0 })
  expect(readConfig(join(folder.path, 'a'), true)).toEqual(WHOLE)
  expect(readConfig(join(folder.path, 'b'), true)).toEqual({})
})

test('need not be there, unless somebody named it', () => {
  expect(readConfig('/nowhere/a.json', false)).toEqual({})
  expect(() => readConfig('/nowhere/a.json', true)).toThrow('The configuration cannot be read')
  expect(() => readConfig('/', false)).toThrow('The configuration cannot be read')
})

test.each([
  ['{', 'is wrong'],
  ['[]', 'the whole should be an object'],
  ['null', 'the whole should be an object'],
  ['{"form":"x"}', '"form" is not one of $schema, from, failOn'],
  ['{"__proto__":"x"}', '"__proto__" is not one of'],
  ['{"from":"models"}', 'from should be an address'],
  ['{"from":7}', 'from should be an address'],
  ['{"from":["https://models.example"]}', 'from should be an address'],
  ['7', 'the whole should be an object'],
  ['\uFEFF\uFEFF{}', 'is wrong'],
  ['{"$schema":7}', '$schema should be a text'],
  [
    '{"failOn":["dead"]}',
    'each of failOn should be one of retired, overdue, deprecated, unknown, unchecked, other-platform',
  ],
  ['{"failOn":"retired"}', 'failOn should be a list'],
  ['{"within":1.5}', 'within should be a number of days'],
  ['{"within":-1}', 'within should be a number of days'],
  ['{"within":"30"}', 'within should be a number of days'],
  ['{"ignore":{"path":[]}}', '"path" is not one of paths, ids'],
  ['{"ignore":{"ids":[7]}}', 'each of ids should be a text'],
  ['{"platforms":{"azure":[]}}', '"azure" is not one of bedrock'],
])('is strict: %s', (text, told) => {
  using folder = new Folder({ a: text })
  expect(() => readConfig(join(folder.path, 'a'), false)).toThrow(told)
})
