import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical } from './canonical.ts'

/** JSON with its keys turned around, and the same values. */
function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(reversed)
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, entry]) => [key, reversed(entry)]),
  )
}

const json = fc.jsonValue({ noUnicodeString: false, maxDepth: 4 })

test('one value has one text, in whatever order its keys come and however it is spaced', () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = canonical(JSON.stringify(value))
      expect(canonical(JSON.stringify(reversed(value), null, 2))).toBe(text)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

test('what has one text is one value: arrays keep their order, and `__proto__` is a key', () => {
  const texts = [
    ['[1,2]', '[2,1]'],
    ['{"a":1}', '{"a":"1"}'],
    ['{"a":null}', '{}'],
    ['{"a":{"b":1}}', '{"a":{},"b":1}'],
    ['{"__proto__":{"a":1}}', '{}'],
    ['{"__proto__":{"a":1}}', '{"__proto__":{"a":2}}'],
    ['[]', '{}'],
  ] as const
  for (const [one, other] of texts) expect(canonical(one)).not.toBe(canonical(other))
  expect(canonical('{"__proto__":{"b":2,"a":1},"1":0,"":[]}')).toBe(
    canonical('{"":[], "1":0, "__proto__":{"a":1,"b":2}}'),
  )
})

test('what is no JSON has no text', () => {
  expect(() => canonical('{"a":')).toThrow(SyntaxError)
})
