/** A model as the API writes it, to the byte. */
function model(age: number): string {
  const created_at = `2026-01-${28 - age}T00:00:00Z`
  const name = `K ${age}`
  const id = `k-${age}`
  return JSON.stringify({ type: 'model', id, display_name: name, created_at, lifecycle: 'active' })
}

/** The models from that one on, newest first. */
function since(newest: number): readonly string[] {
  return Array.from({ length: 12 - newest }, (_, index) => model(newest + index))
}

/** Every list that the proof knows. Each later one has a model more, but for the last two. */
export const lists = {
  /** What was listed before what is kept. */
  older: since(3),
  kept: since(2),
  /** What upstream lists. */
  current: since(1),
  /** Less than half of any other. */
  small: since(8),
  /** Fields and values of a later version of the API. */
  novel: since(1).map((json) =>
    json.replace('"active"', '"dormant","price":{"input":0.30000000000000004},"x":[null,1e6]'),
  ),
} as const satisfies Readonly<Record<string, readonly string[]>>

export type ListName = keyof typeof lists

/** What is kept, and where, when upstream and KV begin to be as a cell says. */
export interface KeptState {
  /** What the Keeper has: the last sync, or nothing (any more); or nobody reaches it. */
  readonly keeper: 'kept' | 'nothing' | 'out of reach'
  /** What lies in KV: what the last sync left, or the one before; what is no snapshot, or of a later version. */
  readonly stored: 'broken' | 'kept' | 'later' | 'nothing' | 'older'
  /** Whether the isolate has in memory what the last sync left. */
  readonly memory?: true
  /** How long ago the last sync was, if not three minutes: longer than an isolate bears. */
  readonly minutes?: 40
}

export const keptStates = {
  everywhere: { keeper: 'kept', stored: 'kept', memory: true },
  'everywhere, for 40 minutes': { keeper: 'kept', stored: 'kept', memory: true, minutes: 40 },
  'in the Keeper, older in KV': { keeper: 'kept', stored: 'older' },
  'in the Keeper, not in KV': { keeper: 'kept', stored: 'nothing' },
  'in KV, the Keeper empty': { keeper: 'nothing', stored: 'kept' },
  'in KV, the Keeper out of reach': { keeper: 'out of reach', stored: 'kept' },
  'in memory only': { keeper: 'nothing', stored: 'nothing', memory: true },
  nowhere: { keeper: 'nothing', stored: 'nothing' },
  'nowhere, KV corrupt': { keeper: 'nothing', stored: 'broken' },
  'nowhere, KV of a later format': { keeper: 'nothing', stored: 'later' },
} as const satisfies Readonly<Record<string, KeptState>>

export type KeptName = keyof typeof keptStates

/** What KV does to those who use it. */
export interface KvState {
  readonly delayMs: number
  /** What a read tells: what is stored, what was stored before, nothing, or an error. */
  readonly shows: 'before' | 'error' | 'nothing' | 'stored'
  /** Whether there is a list of its keys. */
  readonly lists: boolean
  readonly takes: boolean
  /** It is healthy again when the last tick comes. */
  readonly heals?: true
}

const healthy: KvState = { delayMs: 0, shows: 'stored', lists: true, takes: true }
const denies: KvState = { ...healthy, shows: 'nothing', heals: true }

export const kvStates = {
  healthy,
  slow: { ...healthy, delayMs: 5000 },
  stale: { ...healthy, shows: 'before' },
  'get fails for a while': { ...healthy, shows: 'error', lists: false, heals: true },
  'put fails for a while': { ...healthy, takes: false, heals: true },
  'null for a while': denies,
  'null for a while, and list fails': { ...denies, lists: false },
} as const satisfies Readonly<Record<string, KvState>>

export type KvName = keyof typeof kvStates
