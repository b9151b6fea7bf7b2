import { expect, test } from 'vitest'
import { turns } from './rounds.ts'

test('every entrant has one turn in every round', () => {
  for (let round = 0; round < 10; round += 1) {
    expect(turns(['a', 'b', 'c'], round).toSorted()).toEqual(['a', 'b', 'c'])
  }
})

test('every entrant is the first one and the last one equally often', () => {
  const rounds = Array.from({ length: 6 }, (_, round) => turns(['a', 'b', 'c'], round))
  expect(rounds.map((turn) => turn[0]).join('')).toBe('acbacb')
  expect(rounds.map((turn) => turn[2]).join('')).toBe('caabbc')
})
