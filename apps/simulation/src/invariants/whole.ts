import { WHOLE_LIST } from '../people/callers.ts'
import type { Wire } from '../places/edge-cache.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import type { Contents } from './contents.ts'
import { type Values, valueOf } from './value.ts'

interface Model {
  readonly id: string
}

/** Every answer is made of one snapshot: a model alone, and each page, say what the whole list says. */
export class Whole implements Invariant {
  readonly #world: World
  readonly #contents: Contents
  /** By what answers tell of their snapshot. */
  readonly #lists = new Map<string, Values>()
  /** By the sync alone: an error does not tell when something changed. */
  readonly #ofSync = new Map<string, Values>()

  constructor(world: World, contents: Contents) {
    this.#world = world
    this.#contents = contents
  }

  see(sight: Sight): void {
    if (sight.kind !== 'answer' || !sight.wire) return
    const { target, wire } = sight
    const { headers, status, text } = wire
    if (status === 404) this.#checkAbsent(target, headers.get('x-synced-at') ?? '')
    const snapshot = snapshotOf(wire)
    if (snapshot === undefined || !target.startsWith('/v1/models') || status !== 200) return
    if (target === WHOLE_LIST) {
      const models = this.#contents.models(headers.get('etag') ?? '', text)
      this.#lists.set(snapshot, models)
      this.#ofSync.set(headers.get('x-synced-at') ?? '', models)
      return
    }
    const list = this.#lists.get(snapshot)
    if (!list) return
    const answer = JSON.parse(text) as Model | { readonly data: readonly Model[] }
    for (const model of 'data' in answer ? answer.data : [answer]) {
      if (list.get(model.id) === valueOf(JSON.stringify(model))) continue
      const words = `${target} says another thing of ${model.id} than the list of ${snapshot}`
      this.#world.violate('every answer is of one snapshot', words)
      return
    }
  }

  #checkAbsent(target: string, synced: string): void {
    const [, id] = /^\/v1\/models\/([^?]+)$/.exec(target) ?? []
    if (id === undefined || !this.#ofSync.get(synced)?.has(id)) return
    this.#world.violate('what is listed is found', `${target} is 404, and listed at ${synced}`)
  }
}

/** One date is that of one content, whatever its syncs. */
function snapshotOf({ headers }: Wire): string | undefined {
  const [synced, changed] = [headers.get('x-synced-at'), headers.get('last-modified')]
  return synced === null || changed === null ? undefined : `${synced}, ${changed}`
}
