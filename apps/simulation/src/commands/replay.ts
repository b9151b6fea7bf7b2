import { run } from '../run.ts'
import { timeOf } from '../story.ts'
import { print } from './run.ts'
import { type Options, planBy } from './wanted.ts'

/** Tells what happens in one seed. Gives the exit code. */
export async function replay(seed: number, options: Options): Promise<number> {
  const { violation } = await run(planBy(seed, options), { tell })
  return violation ? 1 : 0
}

function tell(at: number, words: string): void {
  print(`${timeOf(at)} ${words}`)
}
