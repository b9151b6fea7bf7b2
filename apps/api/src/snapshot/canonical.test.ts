import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonical } from './canonical.ts'

/** JSON with its keys turned around, and the same values. */
function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(reversed)
  const entries = Object.entries(value).toReversed()
  return Object.fromEntries(entries.map(([key, entry]) => [key, reversed(entry)]))
}

test('one value has one text, in whatever order its keys come and however it is spaced', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const text = canonical(JSON.stringify(value))
      expect(canonical(JSON.stringify(reversed(value), null, 2))).toBe(text)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})
