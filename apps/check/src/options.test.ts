import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

test.each<[readonly string[], object]>([
  [[], { paths: ['.'], format: 'text', failOn: undefined, withinDays: undefined }],
  [['a', '--', '-b'], { paths: ['a', '-b'] }],
  [['--format', 'sarif'], { format: 'sarif' }],
  [['--fail-on', 'none'], { failOn: [] }],
  [['--fail-on', 'retired, other-platform'], { failOn: ['retired', 'other-platform'] }],
  [['--within', '0'], { withinDays: 0 }],
  [['--within=99999'], { withinDays: 99_999 }],
  [['--all', '--offline'], { all: true, offline: true }],
  [['--stdin', '--stdin-name', 'a'], { stdin: true, 'stdin-name': 'a', paths: ['.'] }],
  [['--changed', 'main', 'a'], { changed: 'main', paths: ['a'] }],
  [['--config', 'a', '--from', 'b'], { config: 'a', from: 'b' }],
  [['-h'], { help: true }],
  [['--help'], { help: true }],
  [['--version'], { version: true }],
])('%j', (given, expected) => {
  expect(readOptions(given)).toMatchObject(expected)
})

const FAILABLE = 'retired, overdue, deprecated, unknown, unchecked, other-platform'

test.each([
  [['--format', 'xml'], '--format is one of text, json, sarif, github, markdown'],
  [['--fail-on', 'active'], `--fail-on is none, or some of ${FAILABLE}`],
  [['--fail-on', ''], `--fail-on is none, or some of ${FAILABLE}`],
  [['--within', 'soon'], '--within is a number of days'],
  [['--within', '1e3'], '--within is a number of days'],
  [['--within', '100000'], '--within is a number of days'],
  [['--stdin', 'a'], '--stdin takes no paths and no --changed'],
  [['--stdin', '--changed', 'a'], '--stdin takes no paths and no --changed'],
  [['--all=1'], "Option '--all' does not take an argument"],
  [['--within', '-1'], "Option '--within' argument is ambiguous."],
])('%j is refused in one line', (given, why) => {
  expect(() => readOptions(given)).toThrow(
    expect.objectContaining({ name: 'CheckError', message: why }),
  )
})
