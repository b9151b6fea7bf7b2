import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeId, nextPosition, positionOf, positionOfTime } from './cursor.ts'

/** From 1970 into the year 2200. */
const time = fc.integer({ min: 0, max: Date.UTC(2200, 0) })
const position = time.chain((ms) => fc.nat(999).map((rest) => positionOfTime(ms) + rest))
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

test('an id names its position, and ids are ordered as their positions are', () => {
  fc.assert(
    fc.property(position, position, (one, other) => {
      expect(changeId(one)).toMatch(/^chg_[0-9a-z]{11}$/)
      expect(positionOf(changeId(one))).toBe(one)
      expect(changeId(one) < changeId(other)).toBe(one < other)
    }),
  )
})

test('a next position is behind the last one and behind those of its time, by a gap of chance', () => {
  fc.assert(
    fc.property(position, time, chance, (last, now, random) => {
      const gap = nextPosition(last, now, () => random) - Math.max(last, positionOfTime(now))
      expect(gap).toBe(1 + Math.floor(random * 1000))
    }),
  )
})

test.each(['', 'chg_0000000000', 'chg_000000000000', 'chg_0000000000A', ' chg_00000000000'])(
  '%j never was an id',
  (text) => {
    expect(positionOf(text)).toBeUndefined()
  },
)
