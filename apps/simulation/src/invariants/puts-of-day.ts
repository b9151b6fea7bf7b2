import { EXTRA_PUTS, PUBLISH_MS, turnOf } from '@models-edge/api/timing'
import { CATALOG_KEY } from '../kv/catalog-key.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'

const DAY_MS = 86_400_000

/** How often the Keeper has written to KV since its day began. */
export class PutsOfDay implements Invariant {
  readonly #world: World
  #day: number | undefined
  #turn: number | undefined
  began: number
  count = 0
  /** Those that did not wait for the five minutes of their own. */
  #extra = 0
  /** How often the Keeper died: each time, it may have counted a put that never went out. */
  #deaths = 0
  /** When there last was no put left for what is new. */
  spentAt = -Infinity

  constructor(world: World) {
    this.#world = world
    this.began = world.plan.start
  }

  see(sight: Sight): void {
    if (sight.kind === 'keeper dies') this.#deaths += 1
    if (sight.kind !== 'put' || sight.key !== CATALOG_KEY) return
    const { host, scheduler } = this.#world
    const day = Math.floor(host.now() / DAY_MS)
    if (day !== this.#day) {
      this.#day = day
      this.began = scheduler.now
      this.count = 0
      this.#extra = 0
      this.#deaths = 0
    }
    this.count += 1
    const turn = turnOf(PUBLISH_MS, host.now())
    if (turn === this.#turn) this.#extra += 1
    this.#turn = turn
    if (this.maybeExtra >= EXTRA_PUTS) this.spentAt = scheduler.now
  }

  /** How many of them the Keeper may have counted. */
  get maybeExtra(): number {
    return this.#extra + this.#deaths
  }

  /** The steady ones of so long a part of the day: the one that it began with counts, too. */
  get steady(): number {
    return Math.ceil((this.#world.scheduler.now - this.began) / PUBLISH_MS) + 1
  }
}
