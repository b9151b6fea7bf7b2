import type { Change } from '@models-edge/core'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'

interface Value {
  readonly changes: readonly Change[]
}

const KEY = 'catalog:v2'

/** KV shows a write everywhere after this, its cache included. */
const SHOWN_MS = 150_000

/** What KV held for long enough survives the loss of the Keeper's storage. */
export class Survival implements Invariant {
  readonly #world: World
  #wanted: readonly string[] | undefined

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    if (sight.kind === 'keeper dies' && sight.why.includes('lost')) this.#lost()
    if (sight.kind !== 'put' || sight.key !== KEY) return
    const { changes } = JSON.parse(sight.value) as Value
    const ids = new Set(changes.map(({ id }) => id))
    const gone = this.#wanted?.find((id) => !ids.has(id))
    this.#wanted = undefined
    if (gone !== undefined) {
      this.#world.violate('the history survives the storage', `${gone} was in KV, and is gone`)
    }
  }

  #lost(): void {
    const { centre, scheduler, weather } = this.#world
    const value = centre.writtenBefore(KEY, scheduler.now - SHOWN_MS)
    if (value === null || !weather.wasCalm(['kv spread', 'kv lost'], 3_600_000)) return
    this.#wanted = (JSON.parse(value) as Value).changes.map(({ id }) => id)
  }
}
