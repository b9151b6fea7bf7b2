import type { Measured, Round } from './rounds.ts'
import { pairedRatio, type Summary, summarize } from './statistics.ts'

/** One figure of each round, in the middle. */
export function over(rounds: readonly Round[], figure: (round: Round) => number): Summary {
  return summarize(rounds.map(figure))
}

/**
 * How fast one is against another, by the CPU that a request takes: with the server's core to itself,
 * that is its throughput, and it does not depend on how fast the load comes.
 */
export function speed(one: readonly Round[], other: readonly Round[]): Summary {
  return pairedRatio(
    other.map(({ cpu }) => cpu),
    one.map(({ cpu }) => cpu),
  )
}

/** The rounds of a contender, by its name. */
export function roundsOf(measured: readonly Measured[], name: string): readonly Round[] {
  const found = measured.find(({ contender }) => contender.name === name)
  if (!found) throw new Error(`${name} was not measured`)
  return found.rounds
}
