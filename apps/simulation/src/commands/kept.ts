import { kept, planOfKept } from '../kept/kept.ts'
import { run } from '../run.ts'
import { WrongOption } from '../wrong-option.ts'
import { print } from './run.ts'

/** Runs what once broke a promise: all of it, or what that breakage puts back. Gives the exit code. */
export async function runKept(breakage?: string): Promise<number> {
  const cases = kept.filter((one) => breakage === undefined || one.breakage === breakage)
  if (cases.length === 0) throw new WrongOption(`${breakage} puts back none of what is kept`)
  let broken = 0
  for (const one of cases) {
    const { violation } = await run(planOfKept(one))
    if (!violation) continue
    broken += 1
    print(`${one.words} NOT KEPT: ${violation.promise}. ${violation.words}`)
  }
  print(`${cases.length} kept, ${broken} of them broke a promise`)
  return broken > 0 ? 1 : 0
}
