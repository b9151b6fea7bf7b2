import { planOf } from '../plan.ts'
import { run } from '../run.ts'
import type { FaultKind } from '../weather/fault.ts'

/** How old answers are in a kind of weather, in milliseconds. */
export interface Freshness {
  readonly answers: number
  /** Of the time that they tell: since upstream said so. */
  readonly median: number
  readonly most: number
  readonly worst: number
  /** For how long something in them was not true any more. */
  readonly outdated: number
}

const SEEDS = [1, 2]
const PLACES = 6

/** Faults of one kind alone, so many a day; none for good health. */
export async function freshnessUnder(
  kind: FaultKind | undefined,
  faults: number,
): Promise<Freshness> {
  const told: number[] = []
  let outdated = 0
  for (const seed of SEEDS) {
    const only = kind && { only: [kind] }
    const plan = planOf({ seed, places: PLACES, faults: kind ? faults : 0, ...only })
    const { fresh, violation } = await run(plan)
    if (violation)
      throw new Error(`Seed ${seed}, ${kind}: ${violation.promise}. ${violation.words}`)
    told.push(...fresh.told)
    outdated = Math.max(outdated, fresh.outdatedMs)
  }
  told.sort((one, other) => one - other)
  return {
    answers: told.length,
    median: at(0.5),
    most: at(0.99),
    worst: at(1),
    outdated,
  }

  function at(part: number): number {
    return told[Math.min(told.length - 1, Math.floor(told.length * part))] ?? 0
  }
}
