import { CATALOG_KEY } from '../kv/catalog-key.ts'
import { isHiddenByDefault } from '../upstream/year.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'

interface Put {
  readonly aliases: readonly { readonly alias: string }[]
  readonly models: readonly string[]
  /** Earlier code puts none. */
  readonly past_names?: readonly { readonly name: string; readonly id: string }[]
}

/** No name is forgotten: what was in use, and is in use no longer, is among the past names for good. */
export class PastNames implements Invariant {
  readonly #world: World
  /** Of the last put: every name in use, and every past one. */
  #last: ReadonlySet<string> = new Set()

  constructor(world: World) {
    this.#world = world
  }

  see(sight: Sight): void {
    if (sight.kind === 'keeper dies' && sight.why.includes('lost')) this.#last = new Set()
    if (sight.kind === 'put' && sight.key === CATALOG_KEY) this.#put(JSON.parse(sight.value) as Put)
  }

  #put({ aliases, models, past_names }: Put): void {
    const last = this.#last
    this.#last = new Set()
    if (!past_names) return
    this.#last = new Set([
      ...aliases.map(({ alias }) => alias),
      ...models.map((json) => (JSON.parse(json) as { readonly id: string }).id),
      ...past_names.map(({ name }) => name),
    ])
    for (const name of last) {
      if (!this.#last.has(name)) this.#world.violate('no name is forgotten', name)
    }
    for (const { id, name } of past_names) {
      if (isHiddenByDefault(name) || isHiddenByDefault(id)) {
        this.#world.violate('what is hidden does not show', `${name} was ${id}`)
      }
    }
  }
}
