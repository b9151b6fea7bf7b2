import { WrongOption } from '../wrong-option.ts'
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
  readonly break?: string
  readonly twin: boolean
  readonly json: boolean
}

/** A number that was typed. */
function numberOf(name: string, text: string, least: number): number {
  const number = Number(text)
  if (text.trim() !== '' && number >= least && Number.isFinite(number)) return number
  throw new WrongOption(
    `--${name} takes a number from ${least} on, and not ${JSON.stringify(text)}`,
  )
}

export function planBy(seed: number | string, { days, faults, keep, only, places }: Options): Plan {
  const plan = planOf({
    seed,
    places: numberOf('places', places, 1),
    days: numberOf('days', days, 0.05),
    ...(faults !== undefined && { faults: numberOf('faults', faults, 0) }),
    ...(only !== undefined && { only: only.split(',').map((name) => kindOf(name.trim())) }),
  })
  if (keep === undefined) return plan
  const numbers = new Set(keep.split(',').map((text) => numberOf('keep', text, 0)))
  return { ...plan, faults: plan.faults.filter((_, number) => numbers.has(number)) }
}

/** The numbers of `1..10`. */
export function seedsOf(seeds: string): readonly number[] {
  const [first = 1, last = first] = seeds.split('..').map((text) => numberOf('seeds', text, 0))
  if (last < first) throw new WrongOption(`--seeds goes up: 1..10, and not ${seeds}`)
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

function kindOf(name: string): FaultKind {
  if (!Object.hasOwn(kinds, name)) {
    throw new WrongOption(`No fault is named ${name}. There are: ${Object.keys(kinds).join(', ')}`)
  }
  return name as FaultKind
}
