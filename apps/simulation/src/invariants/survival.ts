import type { Change } from '@models-edge/core'
import { CATALOG_KEY } from '../kv/catalog-key.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import { SHOWN_MS } from './excuses.ts'

interface Value {
  readonly aliases: readonly { readonly alias: string }[]
  readonly changes: readonly Change[]
  readonly models: readonly string[]
}

/** What KV held for long enough survives the loss of the Keeper's storage: it takes two syncs to end anything. */
export class Survival implements Invariant {
  readonly #world: World
  #wanted: readonly string[] | undefined

  constructor(world: World) {
    this.#world = world
    // Both of the stores are gone then.
    for (const kind of ['kv lost', 'kv spoiled'] as const) {
      world.weather.on(kind, () => {
        this.#wanted = undefined
      })
    }
  }

  see(sight: Sight): void {
    if (sight.kind === 'keeper dies') {
      this.#wanted = sight.why.includes('lost') ? this.#held() : undefined
    }
    if (sight.kind !== 'put' || sight.key !== CATALOG_KEY) return
    const there = new Set(namesIn(sight.value))
    const gone = this.#wanted?.find((name) => !there.has(name))
    this.#wanted = undefined
    if (gone !== undefined) {
      this.#world.violate('what KV holds survives the storage', `${gone} was in KV, and is gone`)
    }
  }

  /** What is in each value that the Keeper may be shown. */
  #held(): readonly string[] | undefined {
    const { centre, scheduler, weather } = this.#world
    if (!weather.wasCalm(['kv spread', 'kv lost', 'kv spoiled'], 3_600_000)) return undefined
    const values = centre.valuesSince(CATALOG_KEY, scheduler.now - SHOWN_MS)
    const [first = [], ...later] = values.map((value) => (value === null ? [] : namesIn(value)))
    return first.filter((name) => later.every((names) => names.includes(name)))
  }
}

/** Every part of a value, by its name; of one that is spoiled, nothing is left. */
function namesIn(text: string): readonly string[] {
  if (!text.endsWith('}')) return []
  const { aliases = [], changes = [], models = [] } = JSON.parse(text) as Partial<Value>
  return [
    ...aliases.map(({ alias }) => `the alias ${alias}`),
    ...changes.map(({ id }) => id),
    ...models.map((json) => `the model ${(JSON.parse(json) as { readonly id: string }).id}`),
  ]
}
