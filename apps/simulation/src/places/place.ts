import { type Code, codeOf, firstCode } from '../code/code.ts'
import { KeeperLine } from '../keeper/line.ts'
import { PlaceKv } from '../kv/place-kv.ts'
import { Random } from '../random.ts'
import type { World } from '../world.ts'
import { Isolate } from './isolate.ts'

const MOST_ISOLATES = 4

/** How often a request finds no room in the isolates that there are. */
const CROWDED = 0.01

/** One of Cloudflare's cities: its isolates, its view of KV, its clock. */
export class Place {
  readonly index: number
  readonly kv: PlaceKv
  readonly line: KeeperLine
  /** How wrong the clocks are here. */
  readonly clock = { skewMs: 0 }
  /** What is deployed here. */
  code: Code
  readonly #world: World
  readonly #random: Random
  #isolates: Isolate[] = []
  #born = 0

  constructor(world: World, index: number) {
    const { centre, scheduler, seed, weather } = world
    this.#world = world
    this.index = index
    this.code = firstCode(world.plan.beginsWith)
    this.kv = new PlaceKv({ seed, place: index, scheduler, weather, centre })
    this.line = new KeeperLine(world, index)
    this.#random = new Random(seed, 'place', index)
    const usual = this.#random.between(-2_000, 2_000)
    this.clock.skewMs = usual
    const isHere = (places: readonly number[] | undefined): boolean =>
      places === undefined || places.includes(index)
    weather.on('isolates gone', ({ places }) => {
      if (isHere(places)) this.evictAll()
    })
    weather.on('place clock', ({ places, strength }, begins) => {
      if (!isHere(places)) return
      const years = strength < 0.3 ? 3 : 0.0001
      this.clock.skewMs = begins ? (strength - 0.15) * years * 31_536_000_000 : usual
    })
    weather.on('deploy', (fault) =>
      scheduler.after(this.#random.between(0, 30_000), () => {
        this.code = codeOf(fault)
        this.evictAll()
      }),
    )
  }

  get isolates(): readonly Isolate[] {
    return this.#isolates
  }

  evictAll(): void {
    for (const isolate of this.#isolates) isolate.evict()
    this.#isolates = []
  }

  /** The isolate that takes the next request. */
  isolate(): Isolate {
    const { now } = this.#world.scheduler
    const random = this.#random
    for (const isolate of this.#isolates) {
      if (now - isolate.lastAsked > isolate.idleMs) isolate.evict()
    }
    this.#isolates = this.#isolates.filter(({ alive }) => alive)
    const isCrowded = this.#isolates.length < MOST_ISOLATES && random.chance(CROWDED)
    if (this.#isolates.length === 0 || isCrowded) {
      this.#born += 1
      this.#isolates.push(new Isolate(this.#world, this, this.#born))
    }
    return random.pick(this.#isolates)
  }
}
