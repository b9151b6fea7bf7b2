import {
  type Contender,
  honoInMemory,
  honoWithKv,
  ittyInMemory,
  limit,
  noise,
  ours,
} from '../contenders.ts'
import { figure, measured } from '../figures.ts'
import { over, roundsOf, speed } from '../ratios.ts'
import { type Case, measure, type Pace } from '../rounds.ts'
import { manyReal, real } from '../servers/catalogues.ts'
import type { Catalogue } from '../servers/upstream.ts'
import { startFilledWorld } from '../servers/world.ts'
import { table } from '../table.ts'

interface Kind extends Case {
  readonly name: string
  readonly catalogue: Catalogue
  /** Those that answer it with the same bytes. */
  readonly against: readonly Contender[]
}

const everybody = [ittyInMemory, honoInMemory, honoWithKv]
const current = real.models.filter(({ lifecycle }) => lifecycle !== 'retired')
const ids = current.map(({ id }) => id)
const [, second, third] = ids
const alias = Object.keys(real.aliases)[0] ?? ''

/** More than an isolate remembers. */
export const pages = kind('10,000 addresses of pages', addressesOfPages(10_000))

/** Near to some that are there, which models-edge names, and others do not. */
export const missing = kind('10,000 models that are not there', madeUp(10_000), {
  status: 404,
  isAlike: false,
})

const kinds: readonly Kind[] = [
  kind('the list', ['/v1/models']),
  kind('1,000 models on a page', ['/v1/models?limit=1000'], { catalogue: manyReal(1000) }),
  kind('a middle page', [`/v1/models?limit=5&after_id=${second}`]),
  kind('a model by id', [`/v1/models/${third}`]),
  kind('a model by alias', [`/v1/models/${alias}`]),
  kind('a model that is not there', ['/v1/models/nothing-of-the-kind'], { status: 404 }),
  kind('304', ['/v1/models'], { status: 304, headers: { 'if-none-match': '*' }, against: [] }),
  pages,
  missing,
  kind('10,000 addresses of one page', addresses(10_000)),
]

/** What is asked for beside the list: how fast each is, against the limit. */
export async function kindsOfRequests(pace: Pace): Promise<string> {
  const rows: string[][] = []
  const shown = [noise, ours, ...everybody]
  for (const { against, catalogue, name, ...asked } of kinds) {
    await using world = await startFilledWorld(catalogue)
    const results = await measure(world, [limit, noise, ours, ...against], asked, pace)
    const best = roundsOf(results, limit.name)
    const cells = shown.map((contender) => {
      const rounds = results.find((result) => result.contender === contender)?.rounds
      return rounds ? measured(speed(rounds, best)) : '–'
    })
    rows.push([name, figure(over(best, ({ cpu }) => cpu * 1e6).median), ...cells])
  }
  return table(['', 'limit, CPU µs', ...shown.map(({ name }) => name)], rows)
}

function kind(name: string, paths: readonly string[], rest: Partial<Kind> = {}): Kind {
  return { name, paths, status: 200, catalogue: real, against: everybody, ...rest }
}

/** The first one has as many models as most have in the middle, and the last one is the first one. */
function addressesOfPages(many: number): readonly string[] {
  const middle = Math.floor(ids.length / 2)
  return Array.from({ length: many }, (_, number) => {
    if (number === many - 1) return `/v1/models?limit=1000&after_id=${ids[middle]}`
    const after = ids[(number + middle) % (ids.length - 1)]
    return `/v1/models?after_id=${after}&limit=${1000 - ((number * 7919) % 1000)}`
  })
}

function madeUp(many: number): readonly string[] {
  return Array.from({ length: many }, (_, number) => `/v1/models/claude-sonett-${number}`)
}

/** As those ask who want no cache to answer. */
function addresses(many: number): readonly string[] {
  return Array.from({ length: many }, (_, number) => `/v1/models?_=${number}`)
}
