import type { composeWorker } from '@models-edge/api/compose'
import { deliver, type Life, type Outcome } from '../life.ts'
import { Random } from '../random.ts'
import type { World } from '../world.ts'

type KeeperRpc = Parameters<typeof composeWorker>[1]
type Method = keyof KeeperRpc

interface Caller {
  readonly life: Life
  readonly from: string
  readonly isTick: boolean
}

/** The way from a place to the Keeper and back. */
export class KeeperLine {
  readonly #world: World
  readonly #place: number
  readonly #random: Random
  /** How far away the Keeper is. */
  readonly #farMs: number

  constructor(world: World, place: number) {
    this.#world = world
    this.#place = place
    this.#random = new Random(world.seed, 'line', place)
    this.#farMs = this.#random.between(5, 120)
  }

  call(method: Method, { from, isTick, life }: Caller): Promise<Uint8Array | null> {
    const { host, scheduler, weather, witness } = this.#world
    const place = this.#place
    witness.see({ kind: 'call', method, place, from, isTick })
    const fault = this.#fault()
    if (fault !== undefined) return deliver(scheduler, life, fault)
    const slow = weather.now('keeper slow', place)
    const there = this.#farMs * this.#random.between(1, 1.5) + (slow?.strength ?? 0) * 15_000
    const back = there * this.#random.between(0.8, 1.2)
    return new Promise((resolve, reject) => {
      scheduler.after(there, () => {
        host.call(method).then(
          (value) => deliver(scheduler, life, { ms: back, value }).then(resolve),
          (error: unknown) =>
            deliver(scheduler, life, { ms: back, error: error as Error }).catch(reject),
        )
      })
    })
  }

  /** The runtime tries again by itself for some seconds, and then it fails, or hangs. */
  #fault(): Outcome<never> | undefined {
    const { weather } = this.#world
    if (weather.now('keeper quota')) {
      return { ms: this.#random.between(5, 50), error: new Error('Exceeded allowed requests') }
    }
    if (!weather.now('keeper away', this.#place)) return undefined
    if (this.#random.chance(0.2)) return 'never'
    return { ms: this.#random.between(50, 10_000), error: new Error('Network connection lost.') }
  }
}
