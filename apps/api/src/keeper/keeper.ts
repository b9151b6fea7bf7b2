import { SingleFlight } from '../platform/single-flight.ts'
import { encodeNothing } from '../snapshot/coding.ts'
import type { SyncFailure } from '../snapshot/snapshot.ts'
import { CRON_MS, isWithin, PUT_LIMIT_MS, SILENCE_MS, SYNC_LIMIT_MS, turnOf } from '../timing.ts'
import { snapshotText } from './content.ts'
import { isPausing, ownWords } from './failure.ts'
import { lineOf, type Outcome } from './outcome.ts'
import { heldProvisionally } from './provisional.ts'
import { publish } from './publish.ts'
import { Rows } from './rows.ts'
import { sealVisibility } from './seal.ts'
import { sync, type SyncParts } from './sync.ts'
import { openTables, type Ownership } from './tables.ts'

/** What the rest of the world asks of the Keeper. Both are frozen: later code meets earlier code here. */
export interface KeeperRpc {
  /** Syncs if it is time. Gives the copy where KV seems not to have it. */
  knock(): Promise<Uint8Array | null>
  /** All that is served; the answer to a first sync where there is nothing yet. */
  copy(): Promise<Uint8Array | null>
}

/** A sync cannot take longer, but for what its object does not survive. */
const FLIGHT_LIMIT_MS = 2 * (SYNC_LIMIT_MS + 2 * PUT_LIMIT_MS)

const encoder = new TextEncoder()

/** The one writer: it asks upstream, keeps what it said, and publishes it. */
export class Keeper implements KeeperRpc {
  readonly #parts: SyncParts
  readonly #rows: Rows
  readonly #ownership: Ownership
  readonly #flight: SingleFlight<void>

  constructor(parts: Omit<SyncParts, 'listFlight'>) {
    const { platform, storage, visibility } = parts
    this.#parts = { ...parts, listFlight: new SingleFlight(platform, FLIGHT_LIMIT_MS) }
    this.#rows = new Rows(storage)
    this.#ownership = openTables(storage)
    try {
      if (this.#ownership === 'ours') sealVisibility(storage, visibility, platform.now())
    } catch (error) {
      // What was sealed before is served; the next sync tells what is wrong.
      this.#logMistake(error)
    }
    this.#flight = new SingleFlight(platform, FLIGHT_LIMIT_MS)
  }

  knock(): Promise<Uint8Array | null> {
    return this.#inBytes(async () => {
      await this.#flight.run(() => this.#work())
      const { put_at } = this.#rows.publication()
      const isSilent = put_at === null || !isWithin(SILENCE_MS, put_at, this.#parts.platform.now())
      return isSilent ? this.#copy() : undefined
    })
  }

  copy(): Promise<Uint8Array | null> {
    return this.#inBytes(async () => {
      const { listFlight, storage } = this.#parts
      if (this.#rows.keeper().catalog === null && !heldProvisionally(storage)) {
        const work = this.#flight.run(() => this.#work())
        // What comes after the list, nobody needs to wait for.
        await (listFlight.landing?.catch(() => work) ?? work)
      }
      return this.#copy()
    })
  }

  /** The text as bytes. Whoever asks cannot do anything about what fails here. */
  async #inBytes(ask: () => Promise<string | undefined>): Promise<Uint8Array | null> {
    try {
      const text = await ask()
      return text === undefined ? null : encoder.encode(text)
    } catch (error) {
      this.#logMistake(error)
      return null
    }
  }

  #logMistake(error: unknown): void {
    const facts = { outcome: 'failed', reason: 'internal', message: ownWords(error) }
    this.#parts.platform.log({ event: 'sync', ...facts })
  }

  #copy(): string {
    const { platform, storage, visibility } = this.#parts
    const catalog = this.#rows.current()
    if (catalog) return snapshotText(this.#rows, catalog, visibility.isHidden, platform.now())
    return heldProvisionally(storage) ?? encodeNothing(this.#rows.keeper().failure)
  }

  async #work(): Promise<void> {
    const { platform } = this.#parts
    try {
      const began = platform.now()
      const { began_at, failure } = this.#rows.keeper()
      // Once in each period, whoever knocks and however often.
      if (began_at !== null && turnOf(CRON_MS, began_at) === turnOf(CRON_MS, began)) return
      const line = lineOf(await this.#outcome(began, failure))
      platform.log({ event: 'sync', ...line, ...this.#facts(), ms: platform.now() - began })
    } catch (error) {
      this.#logMistake(error)
    }
  }

  async #outcome(began: number, failure: SyncFailure | null): Promise<Outcome> {
    if (this.#ownership === 'later') return { kind: 'later schema' }
    this.#parts.storage.sql.exec(`UPDATE keeper SET began_at = ?`, began)
    if (!failure || !isPausing(failure, began)) return sync(this.#parts)
    const published = await publish(this.#parts)
    return { kind: 'backing off', because: failure.reason, published }
  }

  /** What the log says of the state that a knock leaves behind. */
  #facts(): object {
    const catalog = this.#rows.current()
    if (!catalog) return {}
    const age = this.#parts.platform.now() - catalog.synced_at
    return {
      models: this.#countOf(catalog.id),
      age_s: Math.round(age / 1000),
      key: catalog.key,
    }
  }

  /** Counted when a list was read. Tables of later code may lack what this code counts in. */
  #countOf(catalog: number): number {
    const seen = this.#ownership === 'ours' ? this.#rows.seen() : undefined
    return seen?.models ?? this.#rows.ids(catalog).length
  }
}
