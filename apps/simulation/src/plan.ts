import type { Fault, FaultKind } from './weather/fault.ts'
import { forecast } from './weather/forecast.ts'
import { MEAN_BUSYNESS } from './people/busyness.ts'
import { Random } from './random.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** All that a run is a function of. */
export interface Plan {
  readonly seed: string
  readonly places: number
  readonly start: number
  /** When the faults are over, and when the run is. */
  readonly calm: number
  readonly end: number
  readonly faults: readonly Fault[]
  /** How much time lies between two events upstream. */
  readonly newsEveryMs: number
  /** Whether caches stand before the Worker. */
  readonly cached: boolean
  /** How much time lies between two requests of a place. */
  readonly requestsEveryMs: number
  /** Whether what is hidden is left out upstream: nobody may see a difference. */
  readonly withoutHidden: boolean
  /** Which code there is at first: as it is now, or the one before, until it is deployed anew. */
  readonly beginsWith: 'before' | 'now'
}

interface Wanted {
  readonly seed: number | string
  readonly places?: number
  readonly days?: number
  /** How many faults a day has; none in a healthy run. */
  readonly faults?: number
  readonly only?: readonly FaultKind[]
  /** How many requests a day has, all places together; chance decides unless told. */
  readonly requests?: number
  /** How many minutes lie between two events upstream; chance decides unless told. */
  readonly news?: number
}

/** What happens after a seed. */
export function planOf({
  days = 1,
  faults,
  news,
  only,
  places = 20,
  requests,
  seed: number,
}: Wanted): Plan {
  const seed = String(number)
  const random = new Random(seed, 'plan')
  const start =
    Date.parse('2026-12-01T00:00:00Z') + random.whole(0, 1439) * MINUTE + random.whole(0, 59_999)
  const end = start + days * DAY
  // The end is calm, so that everything can be as it should be again.
  const calm = end - Math.min(3 * HOUR, (days * DAY) / 2)
  // Drawn whether it is needed or not: all else is the same however many faults there are.
  const usual = random.wait(16)
  // So many in a minute that the history is full before the day is over.
  const drawnNews = random.chance(0.05) ? 1 : random.pick([10, 40, 120])
  const count = Math.round((faults ?? usual) * days)
  return {
    seed,
    places,
    start,
    calm,
    end,
    faults: forecast({
      seed,
      from: start,
      until: calm,
      places: places + 1,
      count,
      ...(only && { only }),
    }),
    newsEveryMs: (news ?? drawnNews) * MINUTE,
    cached: random.chance(0.5) || requests !== undefined,
    requestsEveryMs:
      requests === undefined
        ? random.pick([60, 150, 300, 600]) * 1000
        : (places * DAY * MEAN_BUSYNESS) / requests,
    withoutHidden: false,
    beginsWith: random.chance(0.2) ? 'before' : 'now',
  }
}
