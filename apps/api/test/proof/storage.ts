import type { Cell } from './cells.ts'
import { isCopy, type Model, sizeOf } from './model.ts'
import { type Copy, decode, encode, type SnapshotState, type Value } from './snapshots.ts'
import type { Witness } from './witness.ts'

const KEY = 'catalog:v1'
const ASIDE = 'catalog:v1:unreadable'
const STATUS = 'status:v1'
/** What a later version of the service keeps is none of this one's business. */
const LATER_KEY = 'catalog:v2'
const LATER_VALUE = 'of a later version'

/** What a cell's KV holds, and how that may change. */
export class Storage {
  readonly #kv: Cell['kv']
  #last: Value | 'unknown'

  constructor({ kv }: Cell) {
    this.#kv = kv
    kv.values.set(LATER_KEY, LATER_VALUE)
  }

  /** As it is when an isolate fills its memory with that. */
  hold(memory: Copy): void {
    this.#kv.values.set(KEY, encode(memory) ?? '')
  }

  /** As it is when the cell begins. */
  begin({ stored, before }: SnapshotState): void {
    const { values, before: view } = this.#kv
    values.delete(KEY)
    const [value, old] = [encode(stored), encode(before)]
    if (value !== undefined) values.set(KEY, value)
    if (old !== undefined) view.set(KEY, old)
    this.#last = stored
  }

  check(model: Model, witness: Witness): void {
    const { offences, values } = this.#kv
    const stored = decode(values.get(KEY))
    witness.expect('what is stored', told(model.stored), told(stored))
    witness.expect('what is set aside', told(model.aside), told(decode(values.get(ASIDE))))
    witness.expect('what a later version stored', LATER_VALUE, values.get(LATER_KEY))
    const status = JSON.parse(values.get(STATUS) ?? 'null') as {
      readonly reason: string
      readonly failures: number
      readonly next_at: string
    } | null
    const failure = model.status
    witness.expect(
      STATUS,
      failure
        ? `${failure.reason} ${failure.count}, next ${new Date(failure.nextAt).toISOString()}`
        : 'none',
      status ? `${status.reason} ${status.failures}, next ${status.next_at}` : 'none',
    )
    const known = new Set([KEY, ASIDE, STATUS, LATER_KEY])
    const others = [...values.keys()].filter((key) => !known.has(key))
    witness.expect('other keys', '', others.join())
    witness.expect('other requests to KV', '', offences.join())
    this.#checkNoRegress(stored, model, witness)
    this.#last = stored
  }

  /** Whatever the model thinks: what is stored never gets older, smaller or forgetful, and never goes. */
  #checkNoRegress(stored: Value | 'unknown', model: Model, witness: Witness): void {
    const last = this.#last
    if (!isCopy(last)) return
    if (!isCopy(stored)) return witness.say('a snapshot that stays', told(last), told(stored))
    const seenTwice = model.sweeps >= 2 && stored.list === 'small'
    if (
      stored.syncedAt < last.syncedAt ||
      (last.history && !stored.history) ||
      (sizeOf(stored.list) < sizeOf(last.list) && !seenTwice)
    ) {
      witness.say('a snapshot that does not regress', told(last), told(stored))
    }
  }
}

function told(value: Value | 'unknown'): string {
  if (!isCopy(value)) return value ?? 'nothing'
  const { list, syncedAt, changedAt, history }: Copy = value
  const [synced, changed] = [syncedAt, changedAt].map((time) => new Date(time).toISOString())
  return `${list} of ${synced}, changed ${changed}, ${history ? 'with' : 'without'} history`
}
