import { type Case, type Entrant, interleave, type Pace } from './rounds.ts'
import { speed } from './ratios.ts'
import { smallId } from './servers/catalogues.ts'
import type { Running } from './servers/running.ts'
import type { Summary } from './statistics.ts'

/**
 * More different URLs than an isolate remembers, so that every answer is made anew. A name that is not
 * written plainly is not looked at more closely: it makes a URL another one.
 */
const URLS = 2000

/** Pages that any catalogue of ten models and more has, and that differ in nothing but the ids. */
export const PAGES = {
  'the first page': () => '/v1/models?limit=5',
  'a middle page': (size) => `/v1/models?limit=5&after_id=${smallId(size / 2 - 3)}`,
  'a page backwards': (size) => `/v1/models?limit=5&before_id=${smallId(size / 2 + 3)}`,
  'a model': (size) => `/v1/models/${smallId(size / 2)}?`,
} as const satisfies Readonly<Record<string, (size: number) => string>>

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
      const paths = Array.from({ length: URLS }, (_, n) => `${path(size)}&%6E=${n}`)
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
