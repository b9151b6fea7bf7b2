import { ALIASES_A_SYNC, CRON_MS, EXTRA_PUTS, KNOCK_MS, SILENCE_MS } from '@models-edge/api/timing'
import { CATALOG_KEY } from '../kv/catalog-key.ts'
import type { Call, Invariant, Sight } from '../witness.ts'
import type { World } from '../world.ts'
import { ofKv, SHOWN_MS } from './excuses.ts'
import type { PutsOfDay } from './puts-of-day.ts'

const DAY_MS = 86_400_000

/** Some less than timing.ts allows a sync, which counts on aliases in each. */
const ROWS_A_SYNC = 5 + ALIASES_A_SYNC

/** KV, the Keeper and its rows are used as much as timing.ts says, and no more. */
export class Budgets implements Invariant {
  readonly #world: World
  readonly #puts: PutsOfDay
  /** What the sync that is under way has asked of others. */
  #asked = 0
  /** The rows that there were when the day began, and when that was. */
  #before = { rows: 0, began: NaN }
  #lastPut = -Infinity
  readonly #knocks = new Map<string, number>()

  constructor(world: World, puts: PutsOfDay) {
    this.#world = world
    this.#puts = puts
  }

  see(sight: Sight): void {
    if (sight.kind === 'put' && sight.key === CATALOG_KEY) this.#put()
    if (sight.kind === 'upstream asked' || sight.kind === 'put') this.#asked += 1
    if (sight.kind === 'keeper dies') this.#asked = 0
    if (sight.kind === 'log' && sight.line['event'] === 'sync') this.#endSync()
    if (sight.kind === 'call') this.#call(sight)
  }

  /** The free plan grants an invocation fifty; KV is read three times at the most. */
  #endSync(): void {
    if (this.#asked + 3 > 50) {
      this.#world.violate('fifty requests of an invocation', `a sync made ${this.#asked}`)
    }
    this.#asked = 0
  }

  #put(): void {
    const { host, scheduler, weather } = this.#world
    if (
      scheduler.now - this.#lastPut < 1000 &&
      weather.wasCalm(['keeper lost', 'keeper clock'], 60_000)
    ) {
      this.#world.violate('one put a second', `${scheduler.now - this.#lastPut} ms lie between two`)
    }
    this.#lastPut = scheduler.now
    const { began } = this.#puts
    if (this.#before.began !== began) this.#before = { rows: host.rows, began }
    if (!weather.wasCalm(['keeper lost', 'keeper clock'], DAY_MS)) return
    const most = this.#puts.steady + EXTRA_PUTS
    if (this.#puts.count > most) {
      this.#world.violate('puts of a day', `${this.#puts.count} of ${most}, so far`)
    }
    const syncs = Math.ceil((scheduler.now - began) / CRON_MS) + 1
    const rows = syncs * ROWS_A_SYNC + 2 * most + this.#differing(began)
    const written = host.rows - this.#before.rows
    if (written > rows) {
      this.#world.violate('rows of a day', `${written} of ${rows}, so far`)
    }
  }

  /** What is new moves whatever stands behind it in the list, and has some rows of its own. */
  #differing(began: number): number {
    const { scheduler, truth } = this.#world
    const versions = truth.versions.slice(truth.indexAt(began), truth.indexAt(scheduler.now) + 1)
    return versions.reduce((sum, { models }) => sum + models.size + 3, 0)
  }

  #call(call: Call): void {
    if (call.method === 'copy') this.#copy(call)
    else if (!call.isTick) this.#knock(call)
  }

  /** The Keeper is asked for its copy only where KV has nothing to show, or nothing new. */
  #copy({ from, place }: Call): void {
    const { centre, scheduler, weather } = this.#world
    const landed = centre.writtenAt(CATALOG_KEY)
    if (landed === undefined || scheduler.now - landed < SHOWN_MS) return
    // A put that lands late tells of long ago, and one that is spoiled of nothing.
    const written = /"written_at":"([^"]+)"/.exec(centre.newest(CATALOG_KEY) ?? '')?.[1] ?? ''
    if (!(scheduler.now - Date.parse(written) <= SILENCE_MS - CRON_MS)) return
    if (!weather.wasCalm(ofKv, SHOWN_MS, place)) return
    if (!weather.wasCalm(['place clock', 'keeper clock'], SILENCE_MS)) return
    if (weather.wasAhead(SILENCE_MS)) return
    // What it publishes after that may be older than what readers have got from it.
    if (!weather.wasCalm(['keeper lost'], DAY_MS / 2)) return
    this.#world.violate('the Keeper is left alone', `${from} asks it, and KV has a value`)
  }

  #knock({ from, place }: Call): void {
    const { scheduler, weather } = this.#world
    const last = this.#knocks.get(from)
    this.#knocks.set(from, scheduler.now)
    const since = scheduler.now - (last ?? -Infinity)
    if (since < KNOCK_MS - CRON_MS && weather.wasCalm(['place clock'], KNOCK_MS, place)) {
      this.#world.violate('knocks of isolates', `${from} knocks again after ${since} ms`)
    }
  }
}
