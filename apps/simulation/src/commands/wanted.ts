import { WrongOption } from '../wrong-option.ts'
import { numberOf, wholeOf } from './number.ts'
import { type Plan, planOf } from '../plan.ts'
import { kinds } from '../weather/kinds.ts'
import type { FaultKind } from '../weather/fault.ts'

/** The options of a command, as they were typed. */
export interface Options {
  readonly seeds: string
  readonly places: string
  readonly days: string
  readonly faults?: string
  readonly news?: string
  readonly only?: string
  readonly keep?: string
  readonly break?: string
  readonly twin: boolean
  readonly json: boolean
}

export function planBy(seed: number, { days, faults, keep, news, only, places }: Options): Plan {
  const plan = planOf({
    seed,
    places: wholeOf('--places', places, 1),
    days: numberOf('--days', days, 0.05),
    ...(faults !== undefined && { faults: numberOf('--faults', faults, 0) }),
    ...(news !== undefined && { news: numberOf('--news', news, 0.5) }),
    ...(only !== undefined && { only: only.split(',').map((name) => kindOf(name.trim())) }),
  })
  if (keep === undefined) return plan
  const numbers = new Set(keep.split(',').map((text) => wholeOf('--keep', text, 0)))
  const none = [...numbers].find((number) => number >= plan.faults.length)
  if (none !== undefined) {
    throw new WrongOption(`--keep ${none}: this plan has ${plan.faults.length} faults, from 0 on`)
  }
  return { ...plan, faults: plan.faults.filter((_, number) => numbers.has(number)) }
}

/** The numbers of `1..10`. */
export function seedsOf(seeds: string): readonly number[] {
  const [first = 1, last = first, ...more] = seeds
    .split('..')
    .map((text) => wholeOf('--seeds', text, 0))
  if (last < first || more.length > 0)
    throw new WrongOption(`--seeds goes up: 1..10, and not ${seeds}`)
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

function kindOf(name: string): FaultKind {
  if (!Object.hasOwn(kinds, name)) {
    throw new WrongOption(`No fault is named ${name}. There are: ${Object.keys(kinds).join(', ')}`)
  }
  return name as FaultKind
}
