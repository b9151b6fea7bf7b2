import { MAX_AGE_SECONDS, REVALIDATE_SECONDS } from '../timing.ts'

const DAY_SECONDS = 86_400
const afterwards = `stale-while-revalidate=${REVALIDATE_SECONDS}, stale-if-error=${DAY_SECONDS}`

/**
 * How long caches may keep an answer, and what they may do with it afterwards. Every answer has one of
 * these: an edge cache keeps one without `Cache-Control` for as long as it sees fit.
 */
export const cachePolicy = {
  /** Fresh for a minute, shown for ten more while it is renewed, and for a day while we are down. */
  data: `public, max-age=${MAX_AGE_SECONDS}, ${afterwards}`,
  /** Renewed within minutes of a deployment, and shown for a day while we are down. */
  file: `public, max-age=300, ${afterwards}`,
  /** Whatever has another content has another address. */
  forever: 'public, max-age=31536000, immutable',
  /** What is wrong or missing now can be right in a minute: a model may have come out. */
  error: `public, max-age=${MAX_AGE_SECONDS}`,
  /** Answers about the moment, and those that depend on more than the URL. */
  never: 'no-store',
} as const

export type CachePolicy = keyof typeof cachePolicy
