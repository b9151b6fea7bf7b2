import { WHOLE_LIST } from '../people/callers.ts'
import type { Wire } from '../places/edge-cache.ts'
import type { Isolate } from '../places/isolate.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import type { Contents } from './contents.ts'
import { type Values, valueOf } from './value.ts'

const HOUR = 3_600_000

/** With these, upstream lists fewer models than there are; a Keeper that begins anew knows fewer. */
const leftOut = ['keeper lost', 'upstream lost', 'upstream short', 'upstream stale'] as const

interface Model {
  readonly id: string
}

/** Every answer is made of one snapshot: a model alone, and each page, say what the whole list says. */
export class Whole implements Invariant {
  readonly #world: World
  readonly #contents: Contents
  /** By what answers tell of their snapshot. */
  readonly #lists = new Map<string, Values>()
  /** What an isolate listed last: an error does not tell when something changed. */
  readonly #shown = new WeakMap<Isolate, Values>()

  constructor(world: World, contents: Contents) {
    this.#world = world
    this.#contents = contents
  }

  see(sight: Sight): void {
    if (sight.kind !== 'answer' || !sight.wire) return
    const { isolate, target, wire } = sight
    const { headers, status, text } = wire
    if (status === 404) this.#checkAbsent(isolate, target)
    const snapshot = snapshotOf(wire)
    if (snapshot === undefined || !target.startsWith('/v1/models') || status !== 200) return
    if (target === WHOLE_LIST) {
      const models = this.#contents.models(headers.get('etag') ?? '', text)
      this.#lists.set(snapshot, models)
      this.#shown.set(isolate, models)
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

  /** What an isolate has listed, and upstream has never left out, is not gone. */
  #checkAbsent(isolate: Isolate, target: string): void {
    const [, id] = /^\/v1\/models\/([^?]+)$/.exec(target) ?? []
    if (id === undefined) return
    const { scheduler, truth, weather } = this.#world
    const since = truth.indexAt(scheduler.now - HOUR)
    const versions = truth.versions.slice(since, truth.indexAt(scheduler.now) + 1)
    if (!versions.every(({ models }) => models.has(id))) return
    if (!weather.wasCalm(leftOut, HOUR)) return
    if (!this.#shown.get(isolate)?.has(id)) return
    this.#world.violate('what is listed is found', `${isolate.name} lists ${id}, and finds it not`)
  }
}

/** One date is that of one content, whatever its syncs. */
function snapshotOf({ headers }: Wire): string | undefined {
  const [synced, changed] = [headers.get('x-synced-at'), headers.get('last-modified')]
  return synced === null || changed === null ? undefined : `${synced}, ${changed}`
}
