import { CRON_MS } from '@models-edge/api/timing'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'

const WINDOW_MS = 60 * CRON_MS

/** Upstream is swept once in a minute at the most, however many places and people there are. */
export class Sweeps implements Invariant {
  readonly #world: World
  #times: number[] = []

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    if (sight.kind !== 'upstream asked' || !sight.isSweep) return
    const { scheduler, weather } = this.#world
    const { now } = scheduler
    this.#times = [...this.#times.filter((time) => now - time < WINDOW_MS), now]
    for (const [index, time] of this.#times.entries()) {
      const count = this.#times.length - index
      // Minutes have fixed ends: two sweeps can follow each other at once, three cannot.
      if (count <= Math.floor((now - time) / CRON_MS) + 2) continue
      if (!weather.wasCalm(['keeper clock', 'keeper lost'], WINDOW_MS)) continue
      const words = `${count} sweeps in ${Math.round((now - time) / 1000)} s`
      this.#world.violate('one sweep a minute', words)
    }
  }
}
