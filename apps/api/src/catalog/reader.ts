import { nothingToServe } from '../http/errors.ts'
import { PERIOD_MS } from '../sync/status.ts'
import type { Synced } from '../sync/sync.ts'
import { newer, readSnapshot, type Snapshot } from './snapshot.ts'
import { View } from './view.ts'

interface Parts {
  readonly kv: KVNamespace
  readonly isHidden: (id: string) => boolean
  /** A sync on behalf of a request; undefined where the fuse does not let it happen. */
  readonly syncNow: (held: Snapshot | undefined) => Promise<Synced | undefined>
  /** Told whenever there is something else to serve. */
  readonly onChange: () => void
}

/** The part of an `ExecutionContext` that keeps work alive after the response. */
export interface Background {
  waitUntil(promise: Promise<unknown>): void
}

// KV's own cache keeps a value for 30 seconds at the least: asking more often would tell nothing.
const RELOAD_MS = 30_000
const JITTER_MS = 15_000

/** While there is nothing to serve, KV is asked more often. */
const EMPTY_RELOAD_MS = 5_000

/** How long a request waits for what another one loads: a leader that died must not hold its followers. */
const PATIENCE_MS = 28_000

/** After so long without a sync, the cron is not doing its work. */
const STALE_MS = 3 * PERIOD_MS

/** Holds in memory what KV holds, and never lets go of it for anything but something newer. */
export class Reader {
  readonly #parts: Parts
  #view: View | undefined
  #reloadAt = 0
  #syncAt = 0
  #loading: { readonly done: Promise<void>; readonly until: number } | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** What is in memory, however old. */
  get held(): View | undefined {
    return this.#view
  }

  /** What is in memory; when that is old, it is still the answer, and the next request gets a newer one. */
  current(background: Background): View | undefined {
    if (this.#view && Date.now() >= this.#reloadAt) background.waitUntil(this.#load())
    return this.#view
  }

  /** What there is to serve, from wherever it can be had; throws a 503 where there is nothing at all. */
  async view(background: Background): Promise<View> {
    const view = this.current(background)
    if (view) return view
    if (this.#loading || Date.now() >= this.#reloadAt) {
      const loading = this.#load()
      background.waitUntil(loading)
      await Promise.race([loading, scheduler.wait(PATIENCE_MS)])
    }
    if (this.#view) return this.#view
    throw nothingToServe((this.#reloadAt - Date.now()) / 1000)
  }

  /** Takes a snapshot for what is to be served, unless it is older than what is. */
  adopt(snapshot: Snapshot | undefined): void {
    const now = new Date()
    const held = this.#view
    const newest = newer(held?.snapshot, snapshot, now)
    if (!newest) return
    const age = Number(now) - Date.parse(newest.synced_at)
    const standing = age > STALE_MS ? 'stale' : 'fresh'
    if (newest === held?.snapshot && standing === held.standing) return
    this.#view = new View(newest, this.#parts.isHidden, standing)
    this.#parts.onChange()
  }

  /** One load at a time; it never fails, it only may find nothing. */
  #load(): Promise<void> {
    const now = Date.now()
    if (this.#loading && now < this.#loading.until) return this.#loading.done
    const pause = this.#view ? RELOAD_MS + Math.random() * JITTER_MS : EMPTY_RELOAD_MS
    this.#reloadAt = now + pause
    const done = this.#reload().finally(() => {
      if (this.#loading?.done === done) this.#loading = undefined
    })
    this.#loading = { done, until: now + PATIENCE_MS }
    return done
  }

  async #reload(): Promise<void> {
    // KV that fails is KV that has nothing to add.
    this.adopt(await readSnapshot(this.#parts.kv).catch(() => undefined))
    if (this.#view?.standing === 'fresh' || Date.now() < this.#syncAt) return
    const synced = await this.#parts.syncNow(this.#view?.snapshot)
    if (!synced) return
    this.#syncAt = Date.now() + PERIOD_MS
    this.adopt(synced.snapshot)
  }
}
