import { CATALOG_KEY } from '../kv/catalog-key.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'

/**
 * Whether somebody has to look: the Keeper has lost its storage, and KV holds what later code has written.
 * That is never written over, and readers come to the Keeper when they notice. Nothing heals by itself.
 */
export class Operator implements Invariant {
  readonly #world: World
  isNeeded = false

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    if (sight.kind !== 'log' || sight.line['event'] !== 'sync') return
    const isLater = this.#world.centre.newest(CATALOG_KEY)?.startsWith('{"format":99') ?? false
    this.isNeeded = isLater && sight.line['reason'] === 'kv_later_format'
  }
}
