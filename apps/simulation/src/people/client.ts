import type { Place } from '../places/place.ts'
import { EdgeCache, type Wire } from '../places/edge-cache.ts'
import { Random } from '../random.ts'
import type { World } from '../world.ts'

export const BASE = 'https://models.test'

interface Asked {
  readonly place: Place
  readonly target: string
  readonly headers?: Readonly<Record<string, string>>
}

/** How requests of people reach the Worker: through the cache of their place, if there is one. */
export class Client {
  readonly #world: World
  readonly #caches: readonly EdgeCache[]
  readonly #random: Random
  readonly #requests = new Map<string, Request>()

  constructor(world: World) {
    this.#world = world
    this.#caches = world.places.map(() => new EdgeCache(world.scheduler))
    this.#random = new Random(world.seed, 'client')
  }

  /** Undefined where no answer comes. */
  async fetch({ headers, place, target }: Asked): Promise<Wire | undefined> {
    const { plan, witness } = this.#world
    const cache = plan.cached && !headers ? this.#caches[place.index] : undefined
    const ask = (): Promise<Wire | undefined> => this.direct(place, target, headers)
    const wire = await (cache ? cache.fetch(target, ask) : ask())
    if (wire) witness.see({ kind: 'client', place: place.index, target, wire })
    return wire
  }

  /** Past every cache. */
  async direct(
    place: Place,
    target: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Wire | undefined> {
    const { scheduler, weather, witness } = this.#world
    const isolate = place.isolate()
    const asked = scheduler.now
    // Drawn whether they are needed or not, so that no fault moves the chance of another.
    const [dice, wait] = [this.#random.next(), this.#random.between(0, 3_000)]
    const hangsUp = weather.now('requests cancelled', place.index) && dice < 0.3
    const patience = hangsUp ? wait : undefined
    const response = await isolate.request(this.#request(target, headers), patience)
    const made = scheduler.now
    const wire = response && {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      made,
    }
    witness.see({ kind: 'answer', isolate, target, asked, wire })
    return wire
  }

  #request(target: string, headers?: Readonly<Record<string, string>>): Request {
    if (headers) return new Request(BASE + target, { headers })
    const known = this.#requests.get(target) ?? new Request(BASE + target)
    this.#requests.set(target, known)
    return known
  }
}
