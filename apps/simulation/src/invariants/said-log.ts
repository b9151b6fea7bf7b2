import { isHiddenByDefault } from '../upstream/year.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import { type Values, valuesOf } from './value.ts'

/** A list that upstream gave, without what is hidden. */
export interface SaidList {
  readonly at: number
  readonly values: Values
}

const KEPT_MS = 26 * 3_600_000

/** What upstream said, and when. */
export class SaidLog implements Invariant {
  readonly #world: World
  lists: SaidList[] = []

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    if (sight.kind !== 'upstream says' || sight.said.what !== 'list') return
    const shown = [...sight.said.models].filter(([id]) => !isHiddenByDefault(id))
    const at = this.#world.scheduler.now
    this.lists.push({ at, values: valuesOf(shown) })
    if ((this.lists[0]?.at ?? at) < at - KEPT_MS) this.lists.shift()
  }

  /** Those of a time, both ends included. */
  between(from: number, until: number): readonly SaidList[] {
    let low = this.lists.length
    while (low > 0 && (this.lists[low - 1]?.at ?? 0) >= from) low -= 1
    return this.lists.slice(low).filter(({ at }) => at <= until)
  }
}
