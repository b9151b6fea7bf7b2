import type { Used } from './usage.ts'

/*
 * Cloudflare's published prices, November 2026, in dollars: developers.cloudflare.com/workers/platform/pricing,
 * /kv/platform/pricing and /durable-objects/platform/pricing. A request that Workers Cache answers counts
 * as a request, and costs no CPU time (blog.cloudflare.com/workers-cache, 6 July 2026).
 */

interface Meter {
  /** Of a day's use. */
  readonly of: (used: Used) => number
  readonly freeADay: number
  readonly includedAMonth: number
  readonly perMillion: number
}

/** CPU of one request that reaches the Worker, told high: apps/bench measures a tenth of a millisecond. */
const CPU_MS = 1

const DAYS = 30
const SUBSCRIPTION = 5

export const meters: Readonly<Record<string, Meter>> = {
  requests: { of: (used) => used.requests, freeADay: 1e5, includedAMonth: 1e7, perMillion: 0.3 },
  'CPU milliseconds': {
    of: (used) => used.reached * CPU_MS,
    freeADay: Infinity,
    includedAMonth: 3e7,
    perMillion: 0.02,
  },
  'KV reads': { of: (used) => used.kvReads, freeADay: 1e5, includedAMonth: 1e7, perMillion: 0.5 },
  'KV writes': { of: (used) => used.kvPuts, freeADay: 1e3, includedAMonth: 1e6, perMillion: 5 },
  'calls of the Keeper': {
    of: (used) => used.keeperCalls,
    freeADay: 1e5,
    includedAMonth: 1e6,
    perMillion: 0.15,
  },
  'rows written': { of: (used) => used.rows, freeADay: 1e5, includedAMonth: 5e7, perMillion: 1 },
  'GB-seconds': {
    of: (used) => used.gigabyteSeconds,
    freeADay: 13_000,
    includedAMonth: 4e5,
    perMillion: 12.5,
  },
}

/** What a month of such days costs on the paid plan. */
export function priceOf(used: Used): number {
  return Object.values(meters).reduce((sum, { includedAMonth, of, perMillion }) => {
    return sum + (Math.max(0, of(used) * DAYS - includedAMonth) / 1e6) * perMillion
  }, SUBSCRIPTION)
}

/** What is used up first on the free plan; undefined where the day fits. */
export function beyondFree(used: Used): string | undefined {
  const [first] = Object.entries(meters).find(([, { freeADay, of }]) => of(used) > freeADay) ?? []
  return first
}
