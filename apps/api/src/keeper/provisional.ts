import { encodeContent, encodeSnapshot } from '../snapshot/coding.ts'
import type { Source } from '../snapshot/snapshot.ts'
import { Rows } from './rows.ts'
import { notTooLarge, sealKeeper, type Visibility } from './seal.ts'
import type { Storage } from './storage.ts'
import type { Swept } from './sweep.ts'

/** A list that can be served without a history, while nobody knows what KV holds. */
interface Provisional {
  readonly source: Source
  readonly at: string
  readonly content: string
}

/** Taken off the revision: those of such lists are negative, and committed ones never are. */
const KEPT_ARE_LATER = 1e15

/** Keeps what was swept for as long as nobody knows what KV holds. */
export function holdProvisionally(
  storage: Storage,
  { models, source }: Pick<Swept, 'models' | 'source'>,
  { isHidden }: Visibility,
  began: number,
  now: number,
): void {
  const content = encodeContent({
    models: models.filter(({ id }) => !isHidden(id)).map(({ json }) => json),
    aliases: [],
    changes: [],
    past_names: [],
    // Whoever follows keeps the cursor: nobody knows what it has missed.
    complete_from: 0,
  })
  const at = new Date(began).toISOString()
  const held: Provisional = { source, at, content: notTooLarge(content) }
  storage.sql.exec(`INSERT OR REPLACE INTO provisional VALUES (1, ?)`, JSON.stringify(held))
  sealKeeper(storage.sql, null, now)
}

/** The snapshot of it, with how syncs fail by now. Any snapshot that is kept is later. */
export function heldProvisionally(storage: Storage): string | undefined {
  const text = storage.sql.exec(`SELECT text FROM provisional`).toArray()[0]?.['text']
  if (typeof text !== 'string') return undefined
  const { at, content, source } = JSON.parse(text) as Provisional
  const { failure, revision } = new Rows(storage).keeper()
  const times = { written_at: at, synced_at: at, changed_at: at }
  return encodeSnapshot({ revision: revision - KEPT_ARE_LATER, source, ...times, failure }, content)
}
