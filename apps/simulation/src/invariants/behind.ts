/** What everybody knows is in every answer after this, also behind a cache that shows what is old. */
export const BEHIND_MS = 25 * 60_000
