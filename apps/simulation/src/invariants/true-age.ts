import { WHOLE_LIST } from '../people/callers.ts'
import type { Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import type { Contents } from './contents.ts'
import type { SaidLog } from './said-log.ts'

const MINUTE = 60_000

/** What KV, memory and caches had before is not shown for longer. */
const KEPT_MS = 30 * MINUTE

/**
 * The age that is told is true: upstream has said everything that is served since `x-synced-at`, each
 * model as it is served, or that it is not there.
 */
export class TrueAge implements Invariant {
  readonly #world: World
  readonly #contents: Contents
  readonly #log: SaidLog
  readonly #checked = new Set<string>()
  /** The first sync by a clock that is right. */
  #soundSince: number | undefined = -Infinity

  constructor(world: World, contents: Contents, log: SaidLog) {
    this.#world = world
    this.#contents = contents
    this.#log = log
    world.weather.on('keeper clock', () => {
      this.#soundSince = undefined
    })
  }

  #synced(outcome: unknown): void {
    const { scheduler, weather } = this.#world
    const isAgreed = outcome === 'written' || outcome === 'unchanged'
    if (!isAgreed || !weather.wasCalm(['keeper clock'], MINUTE)) return
    this.#soundSince ??= scheduler.now
  }

  see(sight: Sight): void {
    if (sight.kind === 'log' && sight.line['event'] === 'sync') this.#synced(sight.line['outcome'])
    if (sight.kind !== 'answer' || sight.target !== WHOLE_LIST || sight.wire?.status !== 200) return
    const { headers, text } = sight.wire
    const synced = headers.get('x-synced-at') ?? ''
    const etag = headers.get('etag') ?? ''
    const key = synced + etag
    if (this.#checked.has(key)) return
    this.#checked.add(key)
    const { scheduler } = this.#world
    // Of what was synced by another clock, nobody can say what it means.
    if (this.#soundSince === undefined || scheduler.now - this.#soundSince < KEPT_MS) return
    const since = Date.parse(synced)
    if (!(since <= scheduler.now)) {
      this.#world.violate('the age is true', `synced at ${synced}, which is not yet`)
      return
    }
    const served = this.#contents.models(etag, text)
    const said = this.#log.between(since, scheduler.now)
    const ids = new Set([...served.keys(), ...said.flatMap(({ values }) => [...values.keys()])])
    for (const id of ids) {
      const value = served.get(id)
      if (said.some(({ values }) => values.get(id) === value)) continue
      const words =
        value === undefined ? `that ${id} is not there` : `of ${id}: ${value.slice(-120)}`
      this.#world.violate('the age is true', `upstream has not said since ${synced} ${words}`)
      return
    }
  }
}
