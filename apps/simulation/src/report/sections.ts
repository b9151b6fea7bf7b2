import { staleness } from '@models-edge/api/timing'
import { planOf } from '../plan.ts'
import { run } from '../run.ts'
import { kinds } from '../weather/kinds.ts'
import type { FaultKind } from '../weather/fault.ts'
import { freshnessUnder } from './freshness.ts'
import { loadOf } from './load.ts'
import { beyondFree, meters, priceOf } from './prices.ts'
import { Usage, type Used } from './usage.ts'

const FAULTS_A_DAY = 4
const PLACES = 300
const SIMULATED = [1e5, 3e5]
const LOADS = [1e5, 1e6, 1e7, 1e8, 1e9]

type Tell = (words: string) => void

/** How fresh answers are, in health and under each fault. */
export async function freshnessSection(tell: Tell): Promise<string> {
  const rows: string[] = []
  for (const kind of [undefined, ...(Object.keys(kinds) as FaultKind[])]) {
    tell(kind ?? 'good health')
    const { median, most, outdated, worst } = await freshnessUnder(kind, FAULTS_A_DAY)
    const words = kind ? kinds[kind].words : '**good health**'
    rows.push(`| ${words} | ${[median, most, worst, outdated].map(timeOf).join(' | ')} |`)
  }
  return [
    '| while | age, median | 99 % | worst | worst without being true |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
    `A day with ${FAULTS_A_DAY} faults of one kind, as long as they happen to be, and nothing else; caches in front are left out. The age is what \`x-synced-at\` tells. The last column is for how long something in an answer had not been true any more; what upstream itself says and was never true counts from a day before the run. In good health timing.ts allows the last column ${timeOf(staleness.totalMs - (staleness.terms['in a cache in front of it'] ?? 0))} at the most, and ${timeOf(staleness.totalMs)} behind a cache; an age is larger, since what does not change is published every five minutes.`,
  ].join('\n')
}

/** What a day of 300 places uses and costs. */
export async function scaleSection(tell: Tell): Promise<string> {
  const simulated = new Map<number, Used>()
  for (const requests of SIMULATED) {
    tell(`${requests} requests a day`)
    simulated.set(requests, await dayOf(requests))
  }
  const base = simulated.get(SIMULATED[0] ?? 0)
  if (!base) throw new Error('no day was simulated')
  const rows = [
    // The same load twice: how far the computation can be trusted.
    ...[...simulated.values()].flatMap((used) => [
      rowOf('simulated', used),
      rowOf('computed', loadOf(used.requests, PLACES, base)),
    ]),
    ...LOADS.map((requests) => rowOf('computed', loadOf(requests, PLACES, base))),
  ]
  return [
    `| requests a day | | reach the Worker | ${Object.keys(meters).slice(2).join(' | ')} | upstream calls | on the free plan | a month, paid |`,
    `| --- | --- | --- | ${'--- | '.repeat(Object.keys(meters).length - 2)}--- | --- | --- |`,
    ...rows,
    '',
    `${PLACES} places. Two days were simulated; the row behind each is computed for as many requests, and shows how far the others can be trusted. The free plan is enough for ${thousands(mostFree(base))} requests a day, then ${beyondFree(loadOf(mostFree(base) + 2000, PLACES, base))} are used up first.`,
  ].join('\n')
}

/** The most requests of a day that the free plan has room for. */
function mostFree(base: Used): number {
  let requests = 1000
  while (!beyondFree(loadOf(requests + 1000, PLACES, base))) requests += 1000
  return requests
}

async function dayOf(requests: number): Promise<Used> {
  const plan = planOf({ seed: 1, places: PLACES, faults: 0, requests })
  let usage: Usage | undefined
  const { violation } = await run(plan, {
    begin: (world) => {
      usage = new Usage(world)
      world.witness.add(usage)
    },
  })
  if (violation || !usage) throw new Error(violation?.words ?? 'nothing was counted')
  return usage.used
}

function rowOf(how: string, used: Used): string {
  const figures = Object.values(meters)
    .slice(2)
    .map(({ of }) => thousands(of(used)))
  const free = beyondFree(used)
  return `| ${thousands(used.requests)} | ${how} | ${thousands(used.reached)} | ${figures.join(' | ')} | ${thousands(used.upstreamCalls)} | ${free ? `too many ${free}` : 'yes'} | $${priceOf(used).toFixed(2)} |`
}

function thousands(figure: number): string {
  return Math.round(figure).toLocaleString('en')
}

function timeOf(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 600) return `${seconds} s`
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}
