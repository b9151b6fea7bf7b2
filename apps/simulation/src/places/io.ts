import { AsyncLocalStorage } from 'node:async_hooks'
import type { Background } from '@models-edge/api/platform'
import type { Life } from '../life.ts'
import type { Scheduler } from '../scheduler.ts'

/** Work after the response is cut off then. */
const WAIT_UNTIL_MS = 30_000

/**
 * What belongs to one invocation: whatever it waits for comes only while it lives. It ends with its
 * response, unless there is work to wait for, and dies with its isolate.
 */
export class Io implements Life, Background {
  readonly #scheduler: Scheduler
  readonly #isolate: Life
  #pending = 0
  #answered = false
  #over = false

  constructor(scheduler: Scheduler, isolate: Life) {
    this.#scheduler = scheduler
    this.#isolate = isolate
  }

  get alive(): boolean {
    return !this.#over && this.#isolate.alive
  }

  waitUntil(work: Promise<unknown>): void {
    this.#pending += 1
    const settle = (): void => {
      this.#pending -= 1
      this.#endIfDone()
    }
    work.then(settle, settle)
  }

  /** The response is out, or the client is gone. */
  end(): void {
    this.#answered = true
    this.#scheduler.after(WAIT_UNTIL_MS, () => this.cut())
    this.#endIfDone()
  }

  cut(): void {
    this.#over = true
  }

  #endIfDone(): void {
    if (this.#answered && this.#pending === 0) this.#over = true
  }
}

/** The invocation that the running code belongs to. */
export const currentIo = new AsyncLocalStorage<Io>()
