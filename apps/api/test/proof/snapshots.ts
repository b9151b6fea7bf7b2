import { type ListName, lists } from './lists.ts'

export const MINUTE = 60_000

/** When upstream and KV begin to be as the cell says. */
export const START = Date.parse('2026-11-20T12:00:00Z')

/** A snapshot of the service, as far as the proof tells one from another. */
export interface Copy {
  readonly list: ListName
  readonly syncedAt: number
  readonly changedAt: number
  /** Whether it has the history that came with the cell. */
  readonly history: boolean
}

/** What lies under the snapshot's key: a snapshot, what is none, or nothing. */
export type Value = Copy | 'broken' | 'foreign' | undefined

export interface SnapshotState {
  /** What the isolate has in memory when the cell begins; it started three minutes after that sync. */
  readonly memory?: Copy
  readonly stored: Value
  /** What a KV that lags behind shows of it. */
  readonly before: Value
}

function copy(list: ListName, minutes: number): Copy {
  const syncedAt = START - minutes * MINUTE
  return { list, syncedAt, changedAt: syncedAt, history: true }
}

const kept = copy('kept', 3)
const older = copy('older', 12)
const aged = copy('kept', 18)
const agedOlder = copy('older', 28)

export const snapshotStates = {
  fresh: { memory: kept, stored: kept, before: older },
  'older than 3 periods': { memory: aged, stored: aged, before: agedOlder },
  'in memory only': { memory: kept, stored: undefined, before: undefined },
  'in KV only': { stored: kept, before: older },
  'in KV only, older than 3 periods': { stored: aged, before: agedOlder },
  absent: { stored: undefined, before: undefined },
  corrupt: { stored: 'broken', before: 'broken' },
  'other version': { stored: 'foreign', before: 'foreign' },
  "older than the isolate's": { memory: kept, stored: older, before: older },
} as const satisfies Readonly<Record<string, SnapshotState>>

export type SnapshotName = keyof typeof snapshotStates

/** An event of the history that nobody could make again. */
const remembered = {
  type: 'change',
  id: 'chg_remembered',
  change: 'changed',
  model_id: 'k-11',
  at: '2026-02-01T00:00:00.000Z',
  seeded: false,
  fields: ['display_name'],
}

export function encode(value: Value): string | undefined {
  if (value === undefined) return undefined
  if (value === 'foreign') return '{"version":9,"synced":1795176000,"entries":[{"id":"k-2"}]}'
  const { list, syncedAt, changedAt, history } = value === 'broken' ? kept : value
  const json = JSON.stringify({
    synced_at: new Date(syncedAt).toISOString(),
    changed_at: new Date(changedAt).toISOString(),
    models: lists[list],
    aliases: [],
    changes: history ? [remembered] : [],
  })
  return value === 'broken' ? json.slice(0, -100) : json
}

/** What a value of KV is, or that it is nothing that the proof knows. */
export function decode(text: string | undefined): Value | 'unknown' {
  if (text === undefined) return undefined
  for (const value of ['broken', 'foreign'] as const) if (text === encode(value)) return value
  try {
    const { synced_at, changed_at, models, changes } = JSON.parse(text) as {
      readonly [key in 'changed_at' | 'synced_at']: string
    } & { readonly models: readonly string[]; readonly changes: readonly { readonly id: string }[] }
    const found = (Object.keys(lists) as ListName[]).find(
      (list) => lists[list].join() === models.join(),
    )
    const history = changes.some(({ id }) => id === remembered.id)
    const [syncedAt, changedAt] = [Date.parse(synced_at), Date.parse(changed_at)]
    return found ? { list: found, syncedAt, changedAt, history } : 'unknown'
  } catch {
    return 'unknown'
  }
}
