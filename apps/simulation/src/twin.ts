import type { FaultKind } from './weather/fault.ts'
import type { Plan } from './plan.ts'
import { run, type Told } from './run.ts'
import type { Violation } from './world.ts'

const ofPages: ReadonlySet<FaultKind> = new Set(['upstream lost', 'upstream pages'])

/** Runs a plan, and once more in a world without what is hidden: whoever can tell them apart sees it. */
export async function runWithTwin(plan: Plan): Promise<Pick<Told, 'violation' | 'world'>> {
  // How many pages a list takes is upstream's own rhythm: it cannot be the same with fewer models.
  const faults = plan.faults.filter(({ kind }) => !ofPages.has(kind))
  const shown = await run({ ...plan, faults })
  if (shown.violation) return shown
  const without = await run({ ...plan, faults, withoutHidden: true })
  if (without.fingerprint.text === shown.fingerprint.text) return without
  const [mine, other] = [shown.fingerprint.marks, without.fingerprint.marks]
  const first = mine.findIndex(({ text }, index) => other[index]?.text !== text)
  const violation: Violation = {
    promise: 'what is hidden changes no byte',
    at: mine[first]?.at ?? plan.end,
    words: 'a run without what is hidden has other answers',
  }
  return { violation, world: shown.world }
}
