import { type Contender, honoInMemory, honoWithKv, limit, noise } from './contenders.ts'
import { roundsOf, speed } from './ratios.ts'
import { measure, type Pace, type Round } from './rounds.ts'
import { slowdowns } from './scale.ts'
import { missing, pages } from './sections/kinds.ts'
import { manySmall, real } from './servers/catalogues.ts'
import { startFilledWorld } from './servers/world.ts'
import type { Summary } from './statistics.ts'

/** What is promised, in ratios of one run: absolute times would be those of a machine. */
const BUDGETS = {
  /** Against a Worker that always answers these bytes with these headers, by CPU. */
  hot: { least: 0.95 },
  /** Against Hono with a KV read per request, by CPU: for the waiting, other requests make up. */
  withKv: { least: 3 },
  /** Answers that are not remembered, and errors, against Hono with the data in memory, by CPU. */
  unremembered: { least: 1 },
  /** A page of the largest catalogue against the same one of the smallest, by CPU. */
  scale: { most: 1.2, sizes: [10, 15_000] },
} as const

/** A measurement's own error speaks for what is measured, but never for more than this. */
const MOST_ERROR = 0.05

export interface Verdict {
  readonly name: string
  readonly budget: string
  readonly ratio: Summary
  readonly kept: boolean
}

/** How the list as everybody asks for it keeps its budgets, and how much the limit differs from itself. */
export async function servingBudgets(
  contender: Contender,
  pace: Pace,
): Promise<{ readonly verdicts: readonly Verdict[]; readonly noise: Summary }> {
  await using world = await startFilledWorld(real)
  const contenders = [limit, contender, honoWithKv, noise]
  const results = await measure(world, contenders, { paths: ['/v1/models'], status: 200 }, pace)
  const [first, again] = [roundsOf(results, limit.name), roundsOf(results, noise.name)]
  const own = roundsOf(results, contender.name)
  const { hot, withKv } = BUDGETS
  return {
    verdicts: [
      atLeast(hot.least, 'against a constant answer', speed(own, both(first, again))),
      atLeast(
        withKv.least,
        'against a KV read per request',
        speed(own, roundsOf(results, honoWithKv.name)),
      ),
    ],
    noise: speed(first, again),
  }
}

/** How pages that were never asked for, and a model that is not there, keep their budget. */
export async function unrememberedBudgets(
  contender: Contender,
  pace: Pace,
): Promise<readonly Verdict[]> {
  await using world = await startFilledWorld(real)
  const verdicts: Verdict[] = []
  for (const { name, ...asked } of [pages, missing]) {
    const results = await measure(world, [contender, honoInMemory], asked, pace)
    const own = roundsOf(results, contender.name)
    const ratio = speed(own, roundsOf(results, honoInMemory.name))
    verdicts.push(atLeast(BUDGETS.unremembered.least, `${name}, against Hono in memory`, ratio))
  }
  return verdicts
}

/** How pages of the largest catalogue keep their budget. */
export async function scaleBudgets(contender: Contender, pace: Pace): Promise<readonly Verdict[]> {
  const { most, sizes } = BUDGETS.scale
  await using stack = new AsyncDisposableStack()
  const services = []
  for (const size of sizes) {
    const world = stack.use(await startFilledWorld(manySmall(size)))
    const nothing = { status: 0, headers: {}, body: new Uint8Array() }
    const server = await contender.start(world, nothing)
    stack.defer(() => server.stop())
    services.push({ size, server })
  }
  const found = await slowdowns(services, pace)
  return [...found].map(([page, [, largest]]) => {
    if (!largest) throw new Error('Expected one ratio for each size')
    return atMost(most, `${page} of 15,000 models, against 10`, largest)
  })
}

/** The limit was measured twice in each round: what both say is better known. */
function both(ones: readonly Round[], others: readonly Round[]): readonly Round[] {
  return ones.map((one, round) => ({ ...one, cpu: (one.cpu + (others[round]?.cpu ?? 0)) / 2 }))
}

function atLeast(least: number, name: string, ratio: Summary): Verdict {
  const kept = ratio.median * (1 + Math.min(ratio.error, MOST_ERROR)) >= least
  return { name, budget: `≥ ${least}`, ratio, kept }
}

function atMost(most: number, name: string, ratio: Summary): Verdict {
  const kept = ratio.median * (1 - Math.min(ratio.error, MOST_ERROR)) <= most
  return { name, budget: `≤ ${most}`, ratio, kept }
}
