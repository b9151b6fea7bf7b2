import { type Plan, planOf } from '../plan.ts'
import { kinds } from '../weather/kinds.ts'
import type { FaultKind } from '../weather/fault.ts'

/** The options of a command, as they were typed. */
export interface Options {
  readonly seeds: string
  readonly places: string
  readonly days: string
  readonly faults?: string
  readonly only?: string
  readonly keep?: string
  readonly twin: boolean
  readonly json: boolean
}

export function planBy(seed: number | string, { days, faults, keep, only, places }: Options): Plan {
  const plan = planOf({
    seed,
    places: Number(places),
    days: Number(days),
    ...(faults !== undefined && { faults: Number(faults) }),
    ...(only !== undefined && { only: only.split(',').map(kindOf) }),
  })
  if (keep === undefined) return plan
  const numbers = new Set(keep.split(',').map(Number))
  return { ...plan, faults: plan.faults.filter((_, number) => numbers.has(number)) }
}

/** The numbers of `1..10`. */
export function numbersOf(seeds: string): readonly number[] {
  const [first = 1, last = first] = seeds.split('..').map(Number)
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

function kindOf(name: string): FaultKind {
  if (!(name in kinds)) {
    throw new Error(`No fault is named ${name}: they are ${Object.keys(kinds).join(', ')}`)
  }
  return name as FaultKind
}
