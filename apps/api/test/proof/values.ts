import { createHash } from 'node:crypto'
import { type Copy, iso, isCopy, type Value } from './model.ts'

/** A snapshot as it lies in KV. */
export interface Stored extends Omit<Copy, 'events'> {
  readonly changes: readonly { readonly id: string }[]
}

/** The value of KV that a sync of that upstream leaves. */
export function encode({ complete_from, events, ...copy }: Copy, base_url: string): string {
  const key = createHash('sha256').update('stand-in-key').digest('hex').slice(0, 8)
  const changes = Array.from({ length: events }, (_, index) => {
    const id = `chg_${(complete_from + events - index).toString(36).padStart(11, '0')}`
    return { type: 'change', id, change: 'released', model_id: 'k-11', at: iso(0), seeded: true }
  })
  const source = { base_url, key }
  return JSON.stringify({ format: 2, ...copy, source, aliases: [], complete_from, changes })
}

/** The snapshot of that text; nothing where it is none that this version can read. */
export function read(text: string | undefined): Stored | undefined {
  try {
    const value = JSON.parse(text ?? 'null') as (Stored & { readonly format: number }) | null
    return value?.format === 2 ? value : undefined
  } catch {
    return undefined
  }
}

/** What a snapshot becomes when a part of it is lost, or when a later version writes it. */
export const spoilt = {
  broken: (text: string): string => text.slice(0, -100),
  later: (text: string): string => text.replace('"format":2', '"format":9'),
} as const

export function describeText(text: string | undefined): string {
  const stored = read(text)
  if (stored) return describe({ ...stored, events: stored.changes.length })
  return text === undefined ? 'nothing' : text.startsWith('{"format":9,') ? 'later' : 'broken'
}

export function describeValue(value: Value): string {
  return isCopy(value) ? describe(value) : (value ?? 'nothing')
}

/** In the same order, and without what only the service or only the model knows. */
function describe(copy: Copy): string {
  const times = ['synced_at', 'changed_at', 'written_at', 'complete_from', 'events']
  return JSON.stringify(copy, [...times, 'failure', 'reason', 'failures', 'next_at', 'models'])
}
