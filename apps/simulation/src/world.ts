import type { Configuration } from '@models-edge/api/compose'
import { KeeperHost } from './keeper/host.ts'
import { CATALOG_KEY } from './kv/catalog-key.ts'
import { KvCentre } from './kv/centre.ts'
import { PlaceKv } from './kv/place-kv.ts'
import { Place } from './places/place.ts'
import type { Plan } from './plan.ts'
import { Random } from './random.ts'
import { Scheduler } from './scheduler.ts'
import { isHiddenByDefault, HIDDEN, year } from './upstream/year.ts'
import type { Truth } from './upstream/truth.ts'
import { KEY, Upstream, UPSTREAM } from './upstream/upstream.ts'
import { Weather } from './weather/weather.ts'
import { Witness } from './witness.ts'

/** A promise that was not kept. */
export interface Violation {
  readonly promise: string
  readonly at: number
  readonly words: string
}

/** All that there is in a run. */
export class World {
  readonly plan: Plan
  readonly seed: string
  readonly scheduler: Scheduler
  readonly witness = new Witness()
  readonly weather: Weather
  readonly truth: Truth
  readonly upstream: Upstream
  readonly centre: KvCentre
  readonly keeperKv: PlaceKv
  readonly host: KeeperHost
  readonly places: readonly Place[]
  /** Where the cron comes, most often. */
  readonly cronPlace: number
  readonly deployment: { configuration: Configuration }
  readonly #tell: (at: number, words: string) => void
  violation: Violation | undefined

  constructor(plan: Plan, tell: (at: number, words: string) => void) {
    const { faults, places, seed, start } = plan
    this.plan = plan
    this.seed = seed
    this.#tell = tell
    const scheduler = new Scheduler(start)
    this.scheduler = scheduler
    this.cronPlace = new Random(seed, 'place of the cron').whole(0, places - 1)
    const { cronPlace } = this
    const weather = new Weather(scheduler, faults, { cronPlace, keeperPlace: places })
    this.weather = weather
    const truth = year({ seed, start, end: plan.calm, everyMs: plan.newsEveryMs })
    this.truth = truth
    this.upstream = new Upstream(
      this,
      plan.withoutHidden ? truth.without(isHiddenByDefault) : truth,
    )
    this.centre = new KvCentre(scheduler, seed)
    weather.on('kv lost', () => this.centre.land(CATALOG_KEY, null))
    weather.on('kv spoiled', ({ strength }) => {
      // Half of them of a later version, half of them rubbish.
      this.centre.land(CATALOG_KEY, strength < 0.5 ? '{"format":99}' : '{"format":2')
    })
    // The Keeper is in a place of its own.
    this.keeperKv = new PlaceKv({ seed, place: places, scheduler, weather, centre: this.centre })
    this.deployment = {
      configuration: {
        ANTHROPIC_API_KEY: KEY,
        ANTHROPIC_BASE_URL: UPSTREAM,
        HIDDEN_MODELS: HIDDEN,
      },
    }
    this.host = new KeeperHost(this)
    this.places = Array.from({ length: places }, (_, index) => new Place(this, index))
  }

  tell(words: string): void {
    this.#tell(this.scheduler.now, words)
  }

  /** A promise was not kept: the run ends here. */
  violate(promise: string, words: string): void {
    if (this.violation) return
    const at = this.scheduler.now
    this.violation = { promise, at, words }
    this.tell(`NOT KEPT: ${promise}. ${words}`)
    this.scheduler.stop()
  }

  /** In so many milliseconds of this world. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.scheduler.after(ms, resolve)
    })
  }
}
