import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Plan, planOf } from '../plan.ts'
import type { Fault } from '../weather/fault.ts'

/** A run that once broke a promise: the few faults that it took. */
export interface Kept {
  /** What was found, and mended. */
  readonly words: string
  readonly seed: number
  readonly places: number
  /** How much of its day it takes. */
  readonly hours: number
  readonly faults: readonly Fault[]
  /** What puts the mistake back. */
  readonly breakage: string
}

const CASES = fileURLToPath(import.meta.resolve('./cases.json'))

export const kept = JSON.parse(readFileSync(CASES, 'utf8')) as readonly Kept[]

export function planOfKept({ faults, hours, places, seed }: Kept): Plan {
  const plan = planOf({ seed, places, faults: 0 })
  const end = plan.start + hours * 3_600_000
  // It ends in bad weather: that all is mended afterwards is not its subject.
  return { ...plan, faults, end, calm: end, beginsWith: 'now' }
}
