import { isWithin, JITTER_MS, MEMORY_MS, PERIOD_MS, RELOAD_MS } from '../freshness.ts'
import { nothingToServe } from '../http/errors.ts'
import type { Synced } from '../sync/sync.ts'
import { newer, type Snapshot } from './snapshot.ts'
import { readStored } from './stored.ts'
import { View } from './view.ts'

interface Parts {
  readonly kv: KVNamespace
  readonly isHidden: (id: string) => boolean
  /** A sync on behalf of a request; undefined where it is too early for one, or the fuse is blown. */
  readonly syncNow: (held: Snapshot | undefined) => Promise<Synced | undefined>
  /** Told whenever there is something else to serve. */
  readonly onChange: () => void
}

/** The part of an `ExecutionContext` that keeps work alive after the response. */
export interface Background {
  waitUntil(promise: Promise<unknown>): void
}

/** While there is nothing to serve, KV is asked more often. */
const EMPTY_RELOAD_MS = 5_000

/** How long a request waits for what another one loads: a leader that died must not hold its followers. */
const PATIENCE_MS = 28_000

/** How long a request waits for KV when there is something to serve: grown old because nobody asked, or new. */
const KV_GRACE_MS = 1_000

/** After so long without a sync, the cron is not doing its work. */
const STALE_MS = 3 * PERIOD_MS

/** What KV said, and then what a sync said, if one was needed. */
interface Loading {
  readonly checked: Promise<void>
  readonly done: Promise<void>
  readonly until: number
}

/** Holds in memory what KV holds, and never lets go of it for anything but something newer. */
export class Reader {
  readonly #parts: Parts
  #view: View | undefined
  #checkedAt = -Infinity
  #loadedAt = -Infinity
  #pause = 0
  #loading: Loading | undefined
  /** Settles once there is something to serve, wherever it comes from. */
  readonly #arrival = Promise.withResolvers<void>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** What is in memory, however old. */
  get held(): View | undefined {
    return this.#view
  }

  /** What is in memory, where that is young enough; when it is due, the next request gets a newer one. */
  current(background: Background): View | undefined {
    const now = Date.now()
    if (this.#view && this.#isDue(now)) {
      // It may have grown old while nobody asked.
      this.adopt(undefined)
      background.waitUntil(this.#load().done)
    }
    return isWithin(MEMORY_MS, this.#checkedAt, now) ? this.#view : undefined
  }

  /** What there is to serve, from wherever it can be had; throws a 503 where there is nothing at all. */
  async view(background: Background): Promise<View> {
    const view = this.current(background)
    if (view) return view
    if (this.#loading || this.#isDue(Date.now())) {
      const { checked, done, until } = this.#load()
      background.waitUntil(done)
      await (this.#view
        ? Promise.race([checked, scheduler.wait(KV_GRACE_MS)])
        : Promise.race([
            // A sync is only waited for where KV had nothing either, and its writing only if KV is quick.
            checked.then(() => (this.#view ? undefined : done)),
            this.#arrival.promise.then(() => scheduler.wait(KV_GRACE_MS)),
            scheduler.wait(Math.max(0, until - Date.now())),
          ]))
    }
    // KV that did not answer in time is not waited for again, for as long as memory is good.
    this.#checkedAt = Date.now()
    if (this.#view) return this.#view
    throw nothingToServe()
  }

  /** Takes a snapshot for what is to be served, unless it is older than what is. */
  adopt(snapshot: Snapshot | undefined): void {
    const now = new Date()
    const held = this.#view
    if (snapshot) this.#checkedAt = Number(now)
    const newest = newer(held?.snapshot, snapshot, now)
    if (!newest) return
    const age = Number(now) - Date.parse(newest.synced_at)
    const standing = age > STALE_MS ? 'stale' : 'fresh'
    if (newest === held?.snapshot && standing === held.standing) return
    this.#view = new View(newest, this.#parts.isHidden, standing)
    this.#arrival.resolve()
    this.#parts.onChange()
  }

  #isDue(now: number): boolean {
    return !isWithin(this.#pause, this.#loadedAt, now)
  }

  /** One load at a time; it never fails, it only may find nothing. */
  #load(): Loading {
    const now = Date.now()
    if (this.#loading && now < this.#loading.until) return this.#loading
    this.#loadedAt = now
    this.#pause = this.#view ? RELOAD_MS + Math.random() * JITTER_MS : EMPTY_RELOAD_MS
    const checked = this.#check()
    const done = checked
      .then(() => this.#syncIfNeeded())
      .finally(() => {
        if (this.#loading?.done === done) this.#loading = undefined
      })
    this.#loading = { checked, done, until: now + PATIENCE_MS }
    return this.#loading
  }

  async #check(): Promise<void> {
    // KV that fails is KV that has nothing to add.
    const stored = await readStored(this.#parts.kv).catch(() => undefined)
    this.adopt(stored?.snapshot)
    this.#checkedAt = Date.now()
  }

  async #syncIfNeeded(): Promise<void> {
    if (this.#view?.standing === 'fresh') return
    const synced = await this.#parts.syncNow(this.#view?.snapshot)
    this.adopt(synced?.snapshot)
  }
}
