import { expect, test } from 'vitest'
import { tagOf } from './tag.ts'

// Stored tags are compared with those that later code makes: they must never become others.
test.each([
  ['', '811c9dc500000000'],
  ['a', 'e40c292c54cd0bfb'],
  ['claude-haiku-4-5', 'ae228317f5460849'],
  ['ü€𝄞\n', '1ade3d47adb623b7'],
])('the tag of %j stays what it is', (text, tag) => {
  expect(tagOf(text)).toBe(tag)
})
