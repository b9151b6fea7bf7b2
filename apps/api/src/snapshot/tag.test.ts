import * as fc from 'fast-check'
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

test('another text has another tag, were it by one character or by their order', () => {
  const texts = new Set<string>()
  fc.assert(
    fc.property(
      fc.string({ minLength: 2, maxLength: 30, unit: 'grapheme' }),
      fc.nat(),
      (text, at) => {
        const place = at % (text.length - 1)
        const [one, other] = [text.charAt(place), text.charAt(place + 1)]
        const [before, after] = [text.slice(0, place), text.slice(place + 2)]
        for (const near of [
          text,
          before + other + one + after,
          before + other + after,
          `${text}\0`,
        ]) {
          texts.add(near)
        }
      },
    ),
    { numRuns: 500 },
  )
  expect(texts.size).toBeGreaterThan(500)
  expect(new Set([...texts].map(tagOf)).size).toBe(texts.size)
})
