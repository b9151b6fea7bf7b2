import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'

/** After its work, the platform keeps an object awake for so long; all the while it is paid for. */
const SLEEP_S = 10
const GIGABYTES = 0.128

/** What a run has used of what is paid for. */
export interface Used {
  readonly requests: number
  /** Of those, the ones that no cache answered. */
  readonly reached: number
  readonly upstreamCalls: number
  readonly kvReads: number
  readonly kvPuts: number
  readonly keeperCalls: number
  readonly rows: number
  readonly gigabyteSeconds: number
}

/** Counts it. */
export class Usage implements Invariant {
  readonly #world: World
  #requests = 0
  #reached = 0
  #upstreamCalls = 0
  #keeperCalls = 0
  #awakeS = 0

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    if (sight.kind === 'client') this.#requests += 1
    if (sight.kind === 'answer') this.#reached += 1
    if (sight.kind === 'upstream asked') this.#upstreamCalls += 1
    if (sight.kind === 'call') this.#keeperCalls += 1
    if (sight.kind === 'log' && typeof sight.line['ms'] === 'number') {
      this.#awakeS += sight.line['ms'] / 1000 + SLEEP_S
    }
  }

  get used(): Used {
    const { centre, host } = this.#world
    return {
      requests: this.#requests,
      reached: this.#reached,
      upstreamCalls: this.#upstreamCalls,
      kvReads: centre.reads,
      kvPuts: centre.puts,
      keeperCalls: this.#keeperCalls,
      rows: host.rows,
      gigabyteSeconds: this.#awakeS * GIGABYTES,
    }
  }
}
