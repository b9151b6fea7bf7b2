import { win32, posix } from 'node:path'
import { expect, test } from 'vitest'
import { pathFrom } from './file-list.ts'

test.each([
  [win32, 'C:\\work', 'C:\\work\\src\\a.ts', 'src/a.ts'],
  [win32, 'C:\\work', 'c:\\Work\\a.ts', 'a.ts'],
  [win32, 'C:\\work', 'C:\\work', ''],
  [win32, 'C:\\work\\src', 'C:\\work\\a.ts', '../a.ts'],
  [win32, 'C:\\work', 'D:\\a\\b.ts', 'D:/a/b.ts'],
  [posix, '/repo', '/repo/a\\b.ts', 'a\\b.ts'],
  [posix, '/repo', '/a.ts', '../a.ts'],
])('the path that a report writes', (system, cwd, place, path) => {
  expect(pathFrom(cwd, place, system)).toBe(path)
})
