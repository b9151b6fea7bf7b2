import type { FaultKind } from '../weather/fault.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'

const MINUTE = 60_000

/** What may be meant by each word that the log, `/health` and the page give for a sync that failed. */
const meant: Readonly<Record<string, readonly FaultKind[]>> = {
  bad_answer: ['upstream page', 'upstream cut', 'upstream error'],
  bad_list: ['upstream lost', 'upstream pages'],
  edge_blocked: ['upstream block'],
  empty: ['upstream empty'],
  internal: ['storage refuses'],
  not_found: ['upstream error', 'upstream lost', 'upstream pages'],
  overloaded: ['upstream error'],
  rate_limited: ['upstream error'],
  redirected: ['upstream page'],
  refused: ['upstream error'],
  timeout: ['upstream hangs', 'upstream slow'],
  unauthorized: ['upstream error'],
  upstream_error: ['upstream error', 'upstream page'],
}

/** No sync fails without a reason, and the reason that is told is the one that there was. */
export class Reasons implements Invariant {
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    if (sight.kind !== 'log' || sight.line['event'] !== 'sync') return
    const { outcome, reason } = sight.line
    if (outcome !== 'failed') return
    const kinds = meant[String(reason)] ?? []
    const { weather } = this.#world
    if (kinds.some((kind) => !weather.wasCalm([kind], MINUTE))) return
    this.#world.violate('the reason is true', `a sync failed with ${String(reason)}`)
  }
}
