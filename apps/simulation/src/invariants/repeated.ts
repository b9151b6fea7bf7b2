import { EXTRA_PUTS, PUBLISH_MS } from '@models-edge/api/timing'
import type { FaultKind } from '../weather/fault.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import type { PutsOfDay } from './puts-of-day.ts'

const MINUTE = 60_000

/** After these, the Keeper may have forgotten that a put failed, or not know what time it is. */
const excuses: readonly FaultKind[] = [
  'keeper clock',
  'keeper killed',
  'keeper later',
  'keeper lost',
  'keeper short',
  'storage refuses',
]

/** A put that failed is tried again: after a minute, two, four, and then with the rhythm. */
export class Repeated implements Invariant {
  readonly #world: World
  #failures = 0
  #triedAt = 0
  readonly #puts: PutsOfDay

  constructor(world: World, puts: PutsOfDay) {
    this.#world = world
    this.#puts = puts
  }

  see(sight: Sight): void {
    const { now } = this.#world.scheduler
    if (sight.kind === 'put') this.#triedAt = now
    if (sight.kind === 'keeper dies') {
      // It may have died while it tried; and without its storage, nobody knows that a put failed.
      this.#triedAt = now
      if (sight.why.includes('lost')) this.#failures = 0
    }
    if (sight.kind !== 'log' || sight.line['event'] !== 'sync') return
    const { published } = sight.line
    if (published === 'failed') this.#failures += 1
    else if (published !== undefined) this.#failures = 0
    else if (this.#failures > 0) this.#knockedWithout(now)
  }

  /** A knock that has not tried, though one before it had failed. */
  #knockedWithout(now: number): void {
    const patience = Math.min(2 ** (this.#failures - 1) * MINUTE, PUBLISH_MS)
    const late = now - this.#triedAt - patience
    if (late < MINUTE / 2 || this.#isSpent()) return
    if (!this.#world.weather.wasCalm(excuses, 15 * MINUTE)) return
    const words = `${this.#failures} failed, the last one ${(now - this.#triedAt) / 1000} s ago`
    this.#world.violate('a put that failed is repeated', words)
  }

  /** A day has so many puts beside its steady ones, half of them for what is no news. */
  #isSpent(): boolean {
    return this.#puts.maybeExtra >= EXTRA_PUTS / 2
  }
}
