import type { Configuration, Worker } from '@models-edge/api/compose'
import type { Platform } from '@models-edge/api/platform'
import type { KeeperLine } from '../keeper/line.ts'
import { deliver, type Life, sleep } from '../life.ts'
import { Random } from '../random.ts'
import type { World } from '../world.ts'
import { currentIo, Io } from './io.ts'
import type { Place } from './place.ts'

/** The Worker's code, in the memory of one place, until it is evicted. */
export class Isolate {
  readonly place: Place
  readonly name: string
  readonly born: number
  readonly #world: World
  readonly #worker: Worker
  alive = true
  lastAsked: number
  /** It is evicted when nobody has asked for so long. */
  readonly idleMs: number
  /** What nobody would get an answer of when it dies. */
  readonly #waiting = new Set<() => void>()

  readonly #ticks = new WeakSet<Life>()

  constructor(world: World, place: Place, number: number) {
    this.#world = world
    this.place = place
    this.name = `${place.index}.${number}`
    this.born = world.scheduler.now
    this.lastAsked = this.born
    const random = new Random(world.seed, 'isolate', this.name)
    this.idleMs = random.chance(0.1) ? random.between(2, 12) * 3_600_000 : random.wait(600_000)
    this.#worker = place.code.composeWorker(
      this.#configuration(),
      {
        knock: () => place.line.call('knock', this.#caller()),
        copy: () => place.line.call('copy', this.#caller()),
      },
      this.#platform(random),
    )
  }

  /** The response; undefined where the isolate dies before, or the client hangs up. */
  request(request: Request, patienceMs?: number): Promise<Response | undefined> {
    const { scheduler } = this.#world
    this.lastAsked = scheduler.now
    const io = new Io(scheduler, this)
    let callOff: (() => void) | undefined
    return new Promise((resolve, reject) => {
      const lost = (): void => {
        this.#waiting.delete(lost)
        io.end()
        resolve(undefined)
      }
      this.#waiting.add(lost)
      if (patienceMs !== undefined) {
        callOff = scheduler.after(patienceMs, () => {
          // Half of the time, all that belongs to the request goes with it.
          if (patienceMs % 2 < 1) io.cut()
          lost()
        })
      }
      const answer = async (): Promise<void> => {
        const response = await this.#worker.respond(request, io)
        callOff?.()
        this.#waiting.delete(lost)
        io.end()
        resolve(response)
      }
      currentIo.run(io, answer).catch(reject)
    })
  }

  /** A tick of the cron. */
  tick(): void {
    const io = new Io(this.#world.scheduler, this)
    this.#ticks.add(io)
    io.waitUntil(currentIo.run(io, () => this.#worker.tick()))
  }

  evict(): void {
    this.alive = false
    for (const lost of this.#waiting) lost()
  }

  #caller(): Parameters<KeeperLine['call']>[1] {
    const life = this.#life()
    return { life, from: this.name, isTick: this.#ticks.has(life) }
  }

  #life(): Life {
    return currentIo.getStore() ?? this
  }

  #configuration(): Configuration {
    const { deployment, scheduler, witness } = this.#world
    const { kv } = this.place
    return {
      ...deployment.configuration,
      CATALOG: {
        get: (key, options) => {
          witness.see({ kind: 'kv read', isolate: this })
          return deliver(scheduler, this.#life(), kv.get(key, options?.cacheTtl))
        },
        put: () => this.#refuse('put'),
        list: () => this.#refuse('list'),
      },
    }
  }

  #platform(random: Random): Platform {
    const { scheduler, witness } = this.#world
    const { clock } = this.place
    return {
      now: () => Math.floor(scheduler.now + clock.skewMs),
      random: () => random.next(),
      sleep: (ms, signal) => sleep(scheduler, this.#life(), ms, signal),
      fetch: () => this.#refuse('fetch'),
      log: (line) => witness.see({ kind: 'log', from: this.name, line }),
    }
  }

  /** A Worker writes nothing, and asks nobody but KV and the Keeper. */
  #refuse(what: string): never {
    this.#world.violate('one writer', `isolate ${this.name} calls ${what}`)
    throw new Error(`a Worker has no business with ${what}`)
  }
}
