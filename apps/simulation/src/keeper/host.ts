import { composeKeeper, type Configuration } from '@models-edge/api/compose'
import type { Platform } from '@models-edge/api/platform'
import { deliver, type Life, type Outcome, sleep } from '../life.ts'
import { Random } from '../random.ts'
import type { World } from '../world.ts'
import { Disk } from './disk.ts'

type Method = 'copy' | 'knock'
type Keeper = ReturnType<typeof composeKeeper>

/** An object in memory: it has the Keeper's code, and dies with all that it waits for. */
class Incarnation {
  alive = true
  keeper: Keeper | undefined
  /** Calls under way, which fail when it dies. */
  readonly callers = new Set<(error: Error) => void>()
}

/** Where the one Keeper lives: it is made when it is called, and dies when the weather says so. */
export class KeeperHost {
  readonly #world: World
  readonly #random: Random
  #incarnation: Incarnation | undefined
  disk = new Disk()
  /** After so many more answers of the platform, it dies. */
  #diesAfter: number | undefined
  /** How wrong its clock is. */
  skewMs = 0
  /** Rows that were written to storages that are lost. */
  #rowsBefore = 0

  constructor(world: World) {
    this.#world = world
    this.#random = new Random(world.seed, 'keeper')
    const { weather } = world
    weather.on('keeper killed', ({ strength }) => {
      // In half of all cases at once, else in the middle of the next work.
      this.#diesAfter = strength < 0.5 ? 0 : Math.floor((strength - 0.5) * 40)
      if (this.#diesAfter === 0) this.kill('it was restarted')
    })
    weather.on('keeper lost', () => this.lose())
    weather.on('keeper later', (_, begins) => this.#setSchema(begins ? 99 : 1))
    weather.on('keeper clock', ({ strength }, begins) => {
      this.skewMs = begins ? skewOf(strength) : 0
    })
    weather.on('storage refuses', (_, begins) => (this.disk.refuses = begins))
  }

  get rows(): number {
    return this.#rowsBefore + this.disk.rows
  }

  now(): number {
    return Math.floor(this.#world.scheduler.now + this.skewMs)
  }

  /** Calls a method, once the call has arrived. */
  call(method: Method): Promise<Uint8Array | null> {
    const { weather } = this.#world
    if (weather.now('keeper old') && method === 'copy') {
      return Promise.reject(new TypeError('The RPC receiver does not implement the method "copy".'))
    }
    return new Promise((resolve, reject) => {
      let incarnation: Incarnation
      try {
        incarnation = this.#born()
      } catch (error) {
        reject(error)
        return
      }
      const { callers, keeper } = incarnation
      if (!keeper) throw new Error('it was born without a Keeper')
      callers.add(reject)
      keeper[method]().then(
        (bytes) => this.#afterFlush(incarnation, () => end(() => resolve(bytes))),
        (error: unknown) => end(() => reject(error)),
      )
      function end(tell: () => void): void {
        callers.delete(reject)
        tell()
      }
    })
  }

  kill(why: string): void {
    const incarnation = this.#incarnation
    this.#diesAfter = undefined
    if (!incarnation) return
    this.#world.witness.see({ kind: 'keeper dies', why })
    incarnation.alive = false
    this.#incarnation = undefined
    this.disk.lose()
    for (const reject of incarnation.callers) reject(new Error('Durable Object reset'))
  }

  lose(): void {
    this.kill('its storage was lost')
    this.#rowsBefore += this.disk.rows
    this.disk.close()
    this.disk = new Disk()
    this.disk.refuses = this.#world.weather.now('storage refuses') !== undefined
  }

  #born(): Incarnation {
    if (this.#incarnation) return this.#incarnation
    const incarnation = new Incarnation()
    const storage = this.disk.storageFor(incarnation)
    incarnation.keeper = composeKeeper(
      this.#configuration(incarnation),
      storage,
      this.#platform(incarnation),
    )
    this.#incarnation = incarnation
    return incarnation
  }

  #configuration(life: Life): Configuration {
    const { deployment, keeperKv: kv } = this.#world
    return {
      ...deployment.configuration,
      CATALOG: {
        get: (key, options) => this.#outward(life, () => kv.get(key, options?.cacheTtl)),
        put: (key, value) =>
          this.#outward(life, () => {
            this.#world.witness.see({ kind: 'put', key, value })
            return kv.put(key, value)
          }),
        list: ({ limit, prefix }) => this.#outward(life, () => kv.list(prefix, limit)),
      },
    }
  }

  #platform(life: Life): Platform {
    const { scheduler, upstream, witness } = this.#world
    const random = new Random(this.#world.seed, 'keeper chance', scheduler.now)
    return {
      now: () => this.now(),
      random: () => random.next(),
      sleep: (ms, signal) => sleep(scheduler, life, ms, signal),
      fetch: (request) => this.#outward(life, () => upstream.answer(request)),
      log: (line) => witness.see({ kind: 'log', from: 'keeper', line }),
    }
  }

  /** What goes out waits until all that was written is safe. */
  #outward<Value>(life: Life, send: () => Outcome<Value>): Promise<Value> {
    const { scheduler } = this.#world
    return new Promise((resolve, reject) => {
      this.#afterFlush(life, () => {
        this.#count()
        if (!life.alive) return
        deliver(scheduler, life, send()).then(resolve, reject)
      })
    })
  }

  #afterFlush(life: Life, then: () => void): void {
    if (!this.disk.isDirty) {
      then()
      return
    }
    this.#world.scheduler.after(this.#random.between(1, 25), () => {
      if (!life.alive) return
      this.disk.flush()
      then()
    })
  }

  #count(): void {
    if (this.#diesAfter === undefined) return
    this.#diesAfter -= 1
    if (this.#diesAfter <= 0) this.kill('it was restarted in the middle of its work')
  }

  #setSchema(number: number): void {
    this.kill('its code was replaced')
    const [made] = this.disk.read(`SELECT 1 FROM sqlite_master WHERE name = 'schema'`)
    if (made) this.disk.change(`UPDATE schema SET number = ?`, number)
  }
}

/** By seconds mostly, and by years at times; ahead or behind. */
function skewOf(strength: number): number {
  const side = strength < 0.5 ? -1 : 1
  const part = (strength * 2) % 1
  return side * (part < 0.6 ? part * 60_000 : part < 0.8 ? part * 7_200_000 : part * 94_608_000_000)
}
