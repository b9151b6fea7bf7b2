import type { Plan } from './plan.ts'
import type { Violation } from './world.ts'
import type { Fault } from './weather/fault.ts'
import { run } from './run.ts'

/** What is left of a plan. */
export interface Shrunk {
  readonly plan: Plan
  readonly violation: Violation
}

/**
 * Takes faults out of a plan for as long as the same promise is not kept: halves first, then ever smaller
 * parts, until none can be spared. Undefined where every promise is kept.
 */
export async function shrink(
  plan: Plan,
  tell: (faults: number) => void = () => undefined,
): Promise<Shrunk | undefined> {
  const { violation } = await run(plan)
  if (!violation) return undefined
  const { promise } = violation
  let best: Shrunk = { plan, violation }
  await take(plan.faults.filter(({ from }) => from <= violation.at))
  for (let parts = 2; best.plan.faults.length > 0;) {
    const size = Math.ceil(best.plan.faults.length / parts)
    if (await takeWithoutOne(size)) continue
    if (size === 1) break
    parts *= 2
  }
  return best

  /** Leaves one part out of those of that size, if that can be. */
  async function takeWithoutOne(size: number): Promise<boolean> {
    const { faults } = best.plan
    for (let at = 0; at < faults.length; at += size) {
      if (await take([...faults.slice(0, at), ...faults.slice(at + size)])) return true
    }
    return false
  }

  async function take(faults: readonly Fault[]): Promise<boolean> {
    const smaller = { ...plan, faults }
    const told = await run(smaller)
    if (told.violation?.promise !== promise) return false
    best = { plan: smaller, violation: told.violation }
    tell(faults.length)
    return true
  }
}

/** The places of the faults that are left, in the plan that they are left of. */
export function numbersOf(plan: Plan, { faults }: Plan): readonly number[] {
  const known = plan.faults.map((fault) => JSON.stringify(fault))
  return faults.map((fault) => known.indexOf(JSON.stringify(fault)))
}
