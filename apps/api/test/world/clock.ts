import { setImmediate } from 'node:timers/promises'
import type { Platform } from '../../src/platform/platform.ts'

interface Alarm {
  readonly at: number
  readonly ring: () => void
}

/** A clock that stands still until a test moves it. Whoever sleeps on it wakes in order. */
export class Clock {
  #now: number
  #alarms: Alarm[] = []

  constructor(start: string) {
    this.#now = Date.parse(start)
  }

  readonly now: Platform['now'] = () => this.#now

  readonly sleep: Platform['sleep'] = (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted()
      const alarm: Alarm = {
        at: this.#now + ms,
        ring: () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        },
      }
      const stop = (): void => {
        this.#alarms = this.#alarms.filter((other) => other !== alarm)
        reject(signal?.reason as Error)
      }
      signal?.addEventListener('abort', stop, { once: true })
      this.#alarms.push(alarm)
    })

  /** Whoever sleeps. */
  get sleepers(): number {
    return this.#alarms.length
  }

  /** Lets time pass, with whatever happens in it. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms
    for (;;) {
      await quiet()
      const [next] = this.#alarms.toSorted((one, other) => one.at - other.at)
      if (!next || next.at > end) break
      this.#now = next.at
      this.#alarms = this.#alarms.filter((alarm) => alarm !== next)
      next.ring()
    }
    this.#now = end
    await quiet()
  }

  /** Puts the clock to another time, as if it had been wrong. */
  set(time: string): void {
    this.#now = Date.parse(time)
  }

  /** The outcome of something that takes time, which passes for it. */
  async until<Value>(promise: Promise<Value>, most = 120_000): Promise<Value> {
    const state = { isDone: false }
    const ended = promise.finally(() => (state.isDone = true))
    ended.catch(() => undefined)
    await quiet()
    for (let passed = 0; !state.isDone && passed < most; passed += 100) await this.pass(100)
    if (!state.isDone) throw new Error(`nothing came of it in ${most} ms`)
    return ended
  }
}

/** Until all that can happen without time passing has happened: streams and digests take their turns. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await setImmediate()
}
