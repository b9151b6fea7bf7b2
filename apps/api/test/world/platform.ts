import type { Background, Platform } from '../../src/platform/platform.ts'
import type { Clock } from './clock.ts'

/** A platform on a virtual clock, without chance, that keeps its log. It sends nothing unless told how. */
export function platformOn(
  clock: Clock,
  send: Platform['fetch'] = ({ url }) => Promise.reject(new Error(`unexpected request to ${url}`)),
): Platform & { readonly lines: Readonly<Record<string, unknown>>[] } {
  const lines: Readonly<Record<string, unknown>>[] = []
  return {
    now: clock.now,
    random: () => 0,
    fetch: send,
    lines,
    log: (line) => void lines.push(line),
    /** For who only waits, with nothing to end it, the time passes at once. */
    async sleep(ms, signal) {
      const sleeping = clock.sleep(ms, signal)
      if (!signal) await clock.pass(ms)
      await sleeping
    },
  }
}

/** What goes on after a response. */
export class Afterwards implements Background {
  readonly #works: Promise<unknown>[] = []

  waitUntil(work: Promise<unknown>): void {
    this.#works.push(work)
  }

  /** Until all of it is done, and what it began in turn. */
  async ended(): Promise<void> {
    for (let done = 0; done < this.#works.length; done += 1) await this.#works[done]
  }
}
