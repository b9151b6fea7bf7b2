import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import { BEHIND_MS } from './behind.ts'
import type { AppendOnly } from './history.ts'

const MINUTE = 60_000

/** The history holds at least so many: a cursor among them is never too old. */
const HELD = 500

interface Follower {
  readonly got: string[]
  /** When it came to the end of the history for the first time, and for the last in good weather. */
  begun?: number
  caughtUp?: number
}

/** Every follower gets each change with its id and in order, or is told that it came too late. */
export class Followers implements Invariant {
  readonly #world: World
  readonly #history: AppendOnly
  readonly #followers = new Map<string, Follower>()

  constructor(world: World, history: AppendOnly) {
    this.#world = world
    this.#history = history
  }

  see(sight: Sight): void {
    if (sight.kind === 'keeper dies' && sight.why.includes('lost')) this.#lose()
    if (sight.kind === 'caught up') {
      const follower = this.#of(sight.follower)
      const { now } = this.#world.scheduler
      follower.begun ??= now
      if (this.#isClear(now)) follower.caughtUp = now
    }
    if (sight.kind === 'too late') this.#tooLate(sight.follower)
    if (sight.kind === 'followed') this.#followed(sight.follower, sight.change.id)
  }

  /** Of what the Keeper has forgotten, nothing is expected; each goes on from what it got last. */
  #lose(): void {
    for (const [name, { got }] of this.#followers) {
      this.#followers.set(name, { got: got.slice(-1) })
    }
  }

  /** Whether nothing holds up what is new, wherever somebody asks. */
  #isClear(now: number): boolean {
    const { places, weather } = this.#world
    return places.every(({ index }) => (weather.clearSince(index) ?? Infinity) <= now)
  }

  #of(name: string): Follower {
    const follower = this.#followers.get(name) ?? { got: [] }
    this.#followers.set(name, follower)
    return follower
  }

  #followed(name: string, id: string): void {
    const { got } = this.#of(name)
    const last = got.at(-1) ?? ''
    got.push(id)
    if (id > last) return
    this.#world.violate('followers get changes in order', `${name}: ${id} after ${last}`)
  }

  #tooLate(name: string): void {
    const { got } = this.#of(name)
    const last = got.at(-1)
    this.#followers.delete(name)
    const newer = this.#history.known.filter(({ id }) => last !== undefined && id > last).length
    if (last === undefined || newer >= HELD) return
    // With its storage, the Keeper has lost what KV had not got yet, and does not know how much that was.
    if (!this.#world.weather.wasCalm(['keeper lost'], 24 * 60 * MINUTE)) return
    const words = `${name} was sent away with ${last}, though only ${newer} are newer`
    this.#world.violate('only who comes too late is sent away', words)
  }

  end(): void {
    if (this.#world.weather.countsSlowly()) return
    for (const [name, follower] of this.#followers) {
      const wanted = this.#wantedBy(follower)
      const missed = wanted.find((id) => !follower.got.includes(id))
      if (missed === undefined) continue
      const words = `${name} got ${follower.got.length}, and not ${missed}`
      this.#world.violate('followers get every change', words)
    }
  }

  /** From the first that it got, or that came after it began, to those that it must have met by now. */
  #wantedBy({ begun, caughtUp, got }: Follower): readonly string[] {
    const { known } = this.#history
    const [first] = got
    const last = got.at(-1) ?? ''
    return known
      .filter(({ id }) => {
        const seen = this.#history.seenAt(id)
        const isBegun = first === undefined ? seen > (begun ?? Infinity) + BEHIND_MS : id >= first
        return isBegun && (id <= last || seen < (caughtUp ?? -Infinity) - BEHIND_MS)
      })
      .map(({ id }) => id)
  }
}
