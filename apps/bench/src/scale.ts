import { type Case, type Entrant, interleave, type Pace } from './rounds.ts'
import { speed } from './ratios.ts'
import { smallId } from './servers/catalogues.ts'
import type { Running } from './servers/running.ts'
import type { Summary } from './statistics.ts'

/** More different URLs than an isolate remembers, so that every answer is made anew. */
const URLS = 2000

/**
 * Pages that any catalogue of ten models and more has, and that differ in nothing but the ids. A name in a
 * query that is not written plainly (`%6E`) is not looked at more closely: it makes an address another one.
 */
export const PAGES = {
  'the first page': (_, n) => `/v1/models?limit=5&%6E=${n}`,
  'a middle page': (size, n) => `/v1/models?limit=5&after_id=${smallId(size / 2 - 3)}&%6E=${n}`,
  'a page backwards': (size, n) => `/v1/models?limit=5&before_id=${smallId(size / 2 + 3)}&%6E=${n}`,
} as const satisfies Readonly<Record<string, (size: number, n: number) => string>>

/** A service with that many small models. */
export interface Sized {
  readonly size: number
  readonly server: Running
}

/** How much longer each page takes in each catalogue than in the first one. */
export async function slowdowns(
  services: readonly Sized[],
  pace: Pace,
): Promise<ReadonlyMap<string, readonly Summary[]>> {
  const found = new Map<string, readonly Summary[]>()
  for (const [name, path] of Object.entries(PAGES)) {
    const entrants = services.map(({ server, size }): Entrant => {
      const paths = Array.from({ length: URLS }, (_, n) => path(size, n))
      return { server, asked: { paths, status: 200 } satisfies Case }
    })
    const [first = [], ...others] = await interleave(entrants, pace)
    found.set(
      name,
      [first, ...others].map((rounds) => speed(first, rounds)),
    )
  }
  return found
}
