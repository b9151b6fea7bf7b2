import type { Background, Platform } from '../../src/platform/platform.ts'
import type { Clock } from './clock.ts'

/** A platform on a virtual clock, without chance, that sends nothing and keeps its log. */
export function platformOn({ now, sleep }: Clock): Platform & { readonly lines: unknown[] } {
  const lines: unknown[] = []
  return {
    now,
    sleep,
    lines,
    random: () => 0,
    log: (line) => void lines.push(line),
    fetch: ({ url }) => Promise.reject(new Error(`unexpected request to ${url}`)),
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
