/** What the platform gives, and nothing else may take: the same code runs on another clock, too. */
export interface Platform {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** From 0 to 1, 1 excluded. */
  readonly random: () => number
  /** Rejects when the signal aborts, and holds nothing from then on. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
  readonly fetch: (request: Request) => Promise<Response>
  /** One line of the log. */
  readonly log: (line: Readonly<Record<string, unknown>>) => void
}

/** The part of an `ExecutionContext` that keeps work alive after the response. */
export interface Background {
  waitUntil(promise: Promise<unknown>): void
}
