import type { Configuration } from '@models-edge/api/compose'
import type { Platform } from '@models-edge/api/platform'
import { type Code, codeOf, firstCode } from '../code/code.ts'
import { type Life, sleep } from '../life.ts'
import { Random } from '../random.ts'
import { skewOf } from '../weather/skew.ts'
import type { World } from '../world.ts'
import { Disk, type Storage } from './disk.ts'
import { ObjectHost } from './object-host.ts'

type Keeper = Pick<ReturnType<Code['composeKeeper']>, 'copy' | 'knock'>

/** Where the one Keeper lives, and what the weather does to it. */
export class KeeperHost {
  readonly #world: World
  readonly #object: ObjectHost<Keeper>
  #code: Code
  /** How wrong its clock is. */
  skewMs = 0
  /** Rows that were written to storages that are lost. */
  #rowsBefore = 0

  constructor(world: World) {
    this.#world = world
    const { plan, scheduler, seed, weather, witness } = world
    this.#code = firstCode(plan.beginsWith)
    const random = new Random(seed, 'deployment of the keeper')
    this.#object = new ObjectHost({
      scheduler,
      random: new Random(seed, 'keeper'),
      make: (storage, life) => this.#make(storage, life),
      died: (why) => witness.see({ kind: 'keeper dies', why }),
    })
    weather.on('keeper killed', ({ strength }) => {
      // In half of all cases at once, else in the middle of the next work.
      if (strength < 0.5) this.#object.kill('it was restarted')
      else this.#object.killAfter(1 + Math.floor((strength - 0.5) * 40))
    })
    weather.on('deploy', (fault) =>
      scheduler.after(random.between(0, 30_000), () => {
        this.#code = codeOf(fault)
        this.#object.kill('its code was replaced')
      }),
    )
    weather.on('keeper lost', () => this.#lose())
    weather.on('keeper later', (_, begins) => this.#setSchema(begins ? 99 : 1))
    weather.on('keeper clock', ({ strength }, begins) => {
      this.skewMs = begins ? skewOf(strength) : 0
    })
    weather.on('storage refuses', (_, begins) => (this.#object.disk.refuses = begins))
  }

  get rows(): number {
    return this.#rowsBefore + this.#object.disk.rows
  }

  now(): number {
    return Math.floor(this.#world.scheduler.now + this.skewMs)
  }

  call(method: keyof Keeper): Promise<Uint8Array | null> {
    if (this.#world.weather.now('keeper old') && method === 'copy') {
      return Promise.reject(new TypeError('The RPC receiver does not implement the method "copy".'))
    }
    const short = this.#world.weather.now('keeper short')
    // A plan ends what uses too much of a processor.
    if (short && method === 'knock') this.#object.killAfter(1 + Math.floor(short.strength * 9))
    return this.#object.call(method)
  }

  #lose(): void {
    const object = this.#object
    const why = 'its storage was lost'
    if (!object.kill(why)) this.#world.witness.see({ kind: 'keeper dies', why })
    this.#rowsBefore += object.disk.rows
    object.disk.close()
    object.disk = new Disk()
    object.disk.refuses = this.#world.weather.now('storage refuses') !== undefined
  }

  #setSchema(number: number): void {
    const { disk } = this.#object
    this.#object.kill('its code was replaced')
    const [made] = disk.read(`SELECT 1 FROM sqlite_master WHERE name = 'schema'`)
    if (made) disk.change(`UPDATE schema SET number = ?`, number)
  }

  #make(storage: Storage, life: Life): Keeper {
    return this.#code.composeKeeper(this.#configuration(life), storage, this.#platform(life))
  }

  #configuration(life: Life): Configuration {
    const { deployment, keeperKv: kv, witness } = this.#world
    const object = this.#object
    return {
      ...deployment.configuration,
      CATALOG: {
        get: (key, options) => object.outward(life, () => kv.get(key, options?.cacheTtl)),
        put: (key, value) =>
          object.outward(life, () => {
            witness.see({ kind: 'put', key, value })
            return kv.put(key, value)
          }),
        list: ({ limit, prefix }) => object.outward(life, () => kv.list(prefix, limit)),
      },
    }
  }

  #platform(life: Life): Platform {
    const { scheduler, seed, upstream, witness } = this.#world
    const random = new Random(seed, 'keeper chance', scheduler.now)
    return {
      now: () => this.now(),
      random: () => random.next(),
      sleep: (ms, signal) => sleep(scheduler, life, ms, signal),
      fetch: (request) => this.#object.outward(life, () => upstream.answer(request)),
      log: (line) => witness.see({ kind: 'log', from: 'keeper', line }),
    }
  }
}
