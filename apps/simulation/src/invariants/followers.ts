import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import type { AppendOnly } from './history.ts'

/** Every follower gets each change with its id and in order, or is told that it came too late. */
export class Followers implements Invariant {
  readonly #world: World
  readonly #history: AppendOnly
  readonly #got = new Map<string, string[]>()

  constructor(world: World, history: AppendOnly) {
    this.#world = world
    this.#history = history
  }

  see(sight: Sight): void {
    if (sight.kind === 'too late') {
      // What came before is not expected any more.
      this.#got.set(sight.follower, sight.cursor === undefined ? [] : [sight.cursor])
    }
    if (sight.kind !== 'followed') return
    const { change, follower } = sight
    const got = this.#got.get(follower) ?? []
    this.#got.set(follower, got)
    const last = got.at(-1) ?? ''
    got.push(change.id)
    if (change.id > last) return
    this.#world.violate('followers get changes in order', `${follower}: ${change.id} after ${last}`)
  }

  end(): void {
    if (!this.#world.weather.wasCalm(['keeper lost'], Infinity)) return
    const all = this.#history.known.map(({ id }) => id)
    for (const [follower, got] of this.#got) {
      const wanted = all.filter((id) => id >= (got[0] ?? '') && id <= (got.at(-1) ?? ''))
      const missed = wanted.find((id) => !got.includes(id))
      if (missed === undefined && wanted.length === got.length) continue
      const words = `${follower} got ${got.length} of ${wanted.length}, and not ${missed}`
      this.#world.violate('followers get every change', words)
    }
  }
}
