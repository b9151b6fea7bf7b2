import type { Change } from '@models-edge/core'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import type { Contents } from './contents.ts'
import { historyEnd } from './history-end.ts'

const HOUR = 3_600_000

/** Everybody sees the same history: something is put behind it, and nothing else ever happens to it. */
export class AppendOnly implements Invariant {
  readonly #world: World
  readonly #contents: Contents
  /** Oldest first. */
  #known: Change[] = []
  readonly #texts = new Map<string, string>()
  readonly #seenAt = new Map<string, number>()
  readonly #seen = new Set<string>()

  constructor(world: World, contents: Contents) {
    this.#world = world
    this.#contents = contents
  }

  /** All that was ever seen, oldest first. */
  get known(): readonly Change[] {
    return this.#known
  }

  /** When it was seen first. */
  seenAt(id: string): number {
    return this.#seenAt.get(id) ?? Infinity
  }

  see(sight: Sight): void {
    if (sight.kind !== 'answer' || sight.wire?.status !== 200) return
    const etag = sight.wire.headers.get('etag') ?? ''
    if (sight.target !== '/v1/changes?limit=1000' || this.#seen.has(etag)) return
    this.#seen.add(etag)
    const changes = this.#contents.changes(etag, sight.wire.text).toReversed()
    const { now } = this.#world.scheduler
    for (const { id } of changes) if (!this.#seenAt.has(id)) this.#seenAt.set(id, now)
    const wrong = this.#compare(changes)
    if (wrong === undefined) return
    // Where the storage was lost, what KV had not taken yet is lost with it.
    if (this.#world.weather.wasCalm(['keeper lost'], 12 * HOUR)) {
      this.#world.violate('the history is only added to', `${sight.isolate.name}: ${wrong}`)
      return
    }
    this.#known = [...changes]
    this.#texts.clear()
    for (const change of changes) this.#texts.set(change.id, JSON.stringify(change))
  }

  #compare(changes: readonly Change[]): string | undefined {
    const newest = this.#known.at(-1)?.id ?? ''
    let before = ''
    for (const change of changes) {
      const { id } = change
      if (id <= before) return `${id} comes after ${before}`
      before = id
      const text = JSON.stringify(change)
      const known = this.#texts.get(id)
      if (known !== undefined && known !== text) return `${known} became ${text}`
      if (known === undefined && id <= newest) return `${text} was put before ${newest}`
    }
    const end = historyEnd(changes)
    const listed = new Set(changes.map(({ id }) => id))
    const lost = this.#known.find(({ id }) => id <= before && id >= end && !listed.has(id))
    if (lost) return `${JSON.stringify(lost)} is not there any more`
    for (const change of changes) {
      if (change.id > newest) {
        this.#known.push(change)
        this.#texts.set(change.id, JSON.stringify(change))
      }
    }
    return undefined
  }
}
