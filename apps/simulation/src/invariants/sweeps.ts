import { CRON_MS } from '@models-edge/api/timing'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'

const WINDOW_MS = 60 * CRON_MS

/** Upstream is swept once in a minute at the most, however many places and people there are. */
export class Sweeps implements Invariant {
  readonly #world: World
  #times: number[] = []
  /** When the Keeper lost its memory of the last sweep, or its clock moved: then minutes begin anew. */
  #moved: number[] = []

  constructor(world: World) {
    this.#world = world
    const { scheduler, weather } = world
    for (const kind of ['keeper clock', 'keeper lost'] as const) {
      weather.on(kind, () => this.#moved.push(scheduler.now))
    }
  }

  see(sight: Sight): void {
    if (sight.kind !== 'upstream asked' || !sight.isSweep) return
    const { now } = this.#world.scheduler
    this.#times = [...this.#times.filter((time) => now - time < WINDOW_MS), now]
    for (const [index, time] of this.#times.entries()) {
      const count = this.#times.length - index
      const begun = 1 + this.#moved.filter((moved) => moved >= time).length
      // Minutes have fixed ends: two sweeps can follow each other at once, three cannot.
      if (count <= Math.floor((now - time) / CRON_MS) + 2 * begun) continue
      const words = `${count} sweeps in ${Math.round((now - time) / 1000)} s`
      this.#world.violate('one sweep a minute', words)
    }
  }
}
