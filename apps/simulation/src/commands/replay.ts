import { run } from '../run.ts'
import { timeOf } from '../story.ts'
import { print } from './run.ts'
import { type Options, planBy } from './wanted.ts'

/** Tells what happens in one seed. */
export async function replay(seed: string, options: Options): Promise<void> {
  await run(planBy(seed, options), { tell })
}

function tell(at: number, words: string): void {
  print(`${timeOf(at)} ${words}`)
}
