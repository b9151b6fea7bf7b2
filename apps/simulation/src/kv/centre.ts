import { Random } from '../random.ts'
import type { Scheduler } from '../scheduler.ts'

/** A write as the centre took it. Absence is a value, too. */
export interface Write {
  readonly order: number
  readonly at: number
  readonly value: string | null
}

const SECOND = 1000
const MINUTE = 60 * SECOND

/** What is older than this is seen everywhere. */
const KEPT_MS = 60 * MINUTE

/** Cloudflare's KV: one central store, of which every place sees a write in its own time. */
export class KvCentre {
  readonly #scheduler: Scheduler
  readonly #seed: string
  readonly #writes = new Map<string, Write[]>()
  readonly #touched = new Map<string, number>()
  #order = 0
  puts = 0
  reads = 0

  constructor(scheduler: Scheduler, seed: string) {
    this.#scheduler = scheduler
    this.#seed = seed
  }

  /** Whether it is the second write of that key in a second: then it is refused. */
  isTooSoon(key: string): boolean {
    const { now } = this.#scheduler
    const last = this.#touched.get(key) ?? -Infinity
    if (now - last < SECOND) return true
    this.#touched.set(key, now)
    return false
  }

  land(key: string, value: string | null): void {
    const { now } = this.#scheduler
    const writes = this.#writes.get(key) ?? []
    this.#order += 1
    writes.push({ order: this.#order, at: now, value })
    // The newest of those that every place has seen is the ground that the others stand on.
    while ((writes[1]?.at ?? now) < now - KEPT_MS) writes.shift()
    this.#writes.set(key, writes)
  }

  /**
   * What a place sees of a key. It asks by one of two ways, each with delays of its own, so that an older
   * value can come after a newer one.
   */
  seen(key: string, place: number, way: number, slowness: number): string | null {
    const writes = this.#writes.get(key) ?? []
    const { now } = this.#scheduler
    for (let index = writes.length - 1; index >= 0; index -= 1) {
      const write = writes[index] as Write
      const isOld = now - write.at >= KEPT_MS
      if (isOld || now >= write.at + this.#delay(write.order, place, way) * slowness) {
        return write.value
      }
    }
    return null
  }

  /** The newest value, wherever it can be seen. */
  newest(key: string): string | null {
    return this.#writes.get(key)?.at(-1)?.value ?? null
  }

  /** What was there at that time, and all that was written since. */
  valuesSince(key: string, time: number): readonly (string | null)[] {
    const writes = this.#writes.get(key) ?? []
    const first = writes.findLastIndex(({ at }) => at <= time)
    return first === -1 ? [null] : writes.slice(first).map(({ value }) => value)
  }

  /** When the newest value was written; undefined where there is none. */
  writtenAt(key: string): number | undefined {
    const newest = this.#writes.get(key)?.at(-1)
    return newest && newest.value !== null ? newest.at : undefined
  }

  /** What had been written last at that time. */
  writtenBefore(key: string, time: number): string | null {
    return this.#writes.get(key)?.findLast(({ at }) => at <= time)?.value ?? null
  }

  keys(prefix: string): readonly string[] {
    return [...this.#writes.keys()]
      .filter((key) => key.startsWith(prefix) && this.newest(key) !== null)
      .toSorted()
  }

  #delay(order: number, place: number, way: number): number {
    const random = new Random(this.#seed, 'kv spread', order, place, way)
    return random.chance(0.2) ? random.between(0, SECOND) : random.between(SECOND, 60 * SECOND)
  }
}
