import { numbersOf, shrink } from '../shrink.ts'
import { timeOf } from '../story.ts'
import { kinds } from '../weather/kinds.ts'
import { print } from './run.ts'
import { type Options, planBy } from './wanted.ts'

/** Tells the few faults that matter, and how to see them. Gives the exit code. */
export async function shrinkSeed(seed: number, options: Options): Promise<number> {
  const plan = planBy(seed, options)
  print(`${plan.faults.length} faults`)
  const shrunk = await shrink(plan, (faults) => print(`${faults} faults`))
  if (!shrunk) {
    print(`Seed ${seed} keeps every promise.`)
    return 0
  }
  const { at, promise, words } = shrunk.violation
  for (const { from, kind, places, until } of shrunk.plan.faults) {
    const where = places ? ` in places ${places.join(', ')}` : ''
    print(`${timeOf(from)} to ${timeOf(until)}: ${kinds[kind].words}${where}`)
  }
  print(`${timeOf(at)} NOT KEPT: ${promise}. ${words}`)
  const { keep: _, ...all } = options
  const numbers = numbersOf(planBy(seed, all), shrunk.plan)
  const left = numbers.length > 0 ? { keep: numbers.join(',') } : { faults: '0' }
  const { break: broken, days, faults, only, places } = options
  const given = Object.entries({ places, days, faults, only, break: broken, ...left }).flatMap(
    ([name, value]) => (value === undefined ? [] : [`--${name} ${JSON.stringify(value)}`]),
  )
  print(`node src/main.ts replay ${seed} ${given.join(' ')}`)
  print(JSON.stringify(shrunk.plan.faults))
  return 1
}
