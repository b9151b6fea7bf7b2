import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeId, nextPlace, placeOf, placeOfTime } from './cursor.ts'

/** From 1970 into the year 2200. */
const time = fc.integer({ min: 0, max: Date.UTC(2200, 0) })
const place = time.chain((ms) => fc.nat(999).map((rest) => placeOfTime(ms) + rest))
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

test('an id names its place, and ids are ordered as their places are', () => {
  fc.assert(
    fc.property(place, place, (one, other) => {
      expect(changeId(one)).toMatch(/^chg_[0-9a-z]{11}$/)
      expect(placeOf(changeId(one))).toBe(one)
      expect(changeId(one) < changeId(other)).toBe(one < other)
    }),
  )
})

test('a next place is behind the last one and behind those of its time, by a gap of chance', () => {
  fc.assert(
    fc.property(place, time, chance, (last, now, random) => {
      const gap = nextPlace(last, now, () => random) - Math.max(last, placeOfTime(now))
      expect(gap).toBe(1 + Math.floor(random * 1000))
    }),
  )
})

test.each(['', 'chg_0000000000', 'chg_000000000000', 'chg_0000000000A', ' chg_00000000000'])(
  '%j never was an id',
  (text) => {
    expect(placeOf(text)).toBeUndefined()
  },
)
