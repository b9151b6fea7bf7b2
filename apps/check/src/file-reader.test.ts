import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Folder } from '../test/folder.ts'
import { FileReader, MAX_BYTES, whyOf } from './file-reader.ts'

const folder = new Folder({
  plain: 'text',
  empty: '',
  full: 'x'.repeat(MAX_BYTES),
  over: 'x'.repeat(MAX_BYTES + 1),
  huge: '',
})
afterAll(() => folder[Symbol.dispose]())
truncateSync(join(folder.path, 'huge'), 2 ** 30)
mkdirSync(join(folder.path, 'folder'))
symlinkSync('plain', join(folder.path, 'link'))
symlinkSync('circle', join(folder.path, 'circle'))
execFileSync('mkfifo', [join(folder.path, 'pipe')])

const reader = new FileReader()

test.each([
  ['plain', 4],
  ['full', MAX_BYTES],
  ['empty', 0],
])('%s is read whole', (name, length) => {
  expect(reader.read(join(folder.path, name))).toMatchObject({ bytes: { length } })
})

test.each([
  ['over', 'over 2 MB'],
  ['huge', 'over 2 MB'],
  ['folder', 'a folder, most likely of another repository'],
  ['link', 'a link'],
  ['circle', 'a link'],
  ['pipe', 'no regular file'],
  ['missing', 'it is gone, or its name is not UTF-8'],
  ['plain/below', 'it is gone'],
  ['x'.repeat(300), 'ENAMETOOLONG'],
])('%s is told: %s', (name, why) => {
  expect(reader.read(join(folder.path, name))).toEqual({ why })
})

// As root, which CI is, there is no such file.
test.each(['EACCES', 'EPERM'])('a file without permission is told: %s', (code) => {
  expect(whyOf({ code })).toBe('no permission')
})

test('what grows as it is read, and tells no size, is read to its end or to the limit', () => {
  expect(reader.read('/proc/self/status')).toMatchObject({ bytes: { length: expect.any(Number) } })
})
