/** What KV does to those who use it. */
export interface KvState {
  readonly delayMs: number
  /** What a read tells: what is stored, what was stored before, nothing, or an error. */
  readonly shows: 'stored' | 'before' | 'nothing' | 'error'
  readonly takes: boolean
  /** It is healthy again when the second tick comes. */
  readonly heals?: true
}

const healthy: KvState = { delayMs: 0, shows: 'stored', takes: true }

export const kvStates = {
  healthy,
  slow: { ...healthy, delayMs: 5_000 },
  'get fails': { ...healthy, shows: 'error' },
  'put fails': { ...healthy, takes: false },
  stale: { ...healthy, shows: 'before' },
  null: { ...healthy, shows: 'nothing' },
  'get fails for a while': { ...healthy, shows: 'error', heals: true },
  'null for a while': { ...healthy, shows: 'nothing', heals: true },
} as const satisfies Readonly<Record<string, KvState>>

export type KvName = keyof typeof kvStates
