import { isWithin } from '../timing.ts'
import type { Platform } from './platform.ts'

/**
 * Work that must not happen twice at once: whoever comes meanwhile shares it. It belongs to no request, so
 * it can be lost with the one that began it: after its limit it is given up, and begun anew.
 */
export class SingleFlight<Value> {
  readonly #now: Platform['now']
  readonly #limitMs: number
  #flight: { readonly landing: Promise<Value>; readonly began: number } | undefined

  constructor({ now }: Pick<Platform, 'now'>, limitMs: number) {
    this.#now = now
    this.#limitMs = limitMs
  }

  /** What is under way. */
  get landing(): Promise<Value> | undefined {
    const flight = this.#flight
    return flight && isWithin(this.#limitMs, flight.began, this.#now()) ? flight.landing : undefined
  }

  run(work: () => Promise<Value>): Promise<Value> {
    const { landing: underWay } = this
    if (underWay) return underWay
    const began = this.#now()
    const landing = work().finally(() => {
      if (this.#flight?.landing === landing) this.#flight = undefined
    })
    this.#flight = { landing, began }
    return landing
  }
}
