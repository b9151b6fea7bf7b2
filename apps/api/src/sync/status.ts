import { ApiError, retryAfterMs } from '@models-edge/core'
import { isWithin, KV_CACHE_SECONDS, KV_PATIENCE_MS, PERIOD_MS } from '../freshness.ts'
import { withinTime } from '../time-limit.ts'
import { isPassing, type Reason, reasonOf } from './reason.ts'

/** Where it is kept how syncs fail: apart from the snapshot, which a failure must not touch. */
const STATUS_KEY = 'status:v1'

const MAX_BACKOFF_MS = 3 * PERIOD_MS
const MAX_RETRY_AFTER_MS = 60 * 60_000

/** The tick after a sync that a request began some seconds into a period is not too early. */
const SLACK_MS = 30_000

/** How syncs fail at present. A sync that succeeds leaves none. */
export interface SyncStatus {
  readonly reason: Reason
  readonly failed_at: string
  /** How many syncs in a row. */
  readonly failures: number
  /** Before then, upstream is left alone. */
  readonly next_at: string
  /** What a suddenly small list looked like. */
  readonly shrunk?: string | undefined
}

export async function readStatus(kv: KVNamespace): Promise<SyncStatus | undefined> {
  const reading = kv.get(STATUS_KEY, { cacheTtl: KV_CACHE_SECONDS })
  const text = await withinTime(KV_PATIENCE_MS, reading)
  try {
    const status = JSON.parse(text ?? 'null') as SyncStatus | null
    return status && typeof status.failures === 'number' ? status : undefined
  } catch {
    return undefined
  }
}

export async function writeStatus(kv: KVNamespace, status: SyncStatus | undefined): Promise<void> {
  await withinTime(KV_PATIENCE_MS, kv.put(STATUS_KEY, JSON.stringify(status ?? null)))
}

/** The status for those who only look at it: from memory, where that is young enough. */
export class StatusReader {
  readonly #kv: KVNamespace
  #stored: SyncStatus | undefined
  #own: SyncStatus | undefined
  #readAt = -Infinity

  constructor(kv: KVNamespace) {
    this.#kv = kv
  }

  async read(): Promise<SyncStatus | undefined> {
    const now = Date.now()
    if (!isWithin(KV_CACHE_SECONDS * 1000, this.#readAt, now)) {
      this.#readAt = now
      this.#stored = await readStatus(this.#kv).catch(() => this.#stored)
    }
    const own = this.#own
    return own && isWithin(2 * PERIOD_MS, Date.parse(own.failed_at), now) ? own : this.#stored
  }

  /** How this isolate's own sync failed, if its last one did. */
  get own(): SyncStatus | undefined {
    return this.#own
  }

  /** How this isolate's own sync ended, which KV may not know (yet). */
  note(status: SyncStatus | undefined): void {
    this.#own = status
    if (!status) this.#stored = undefined
  }
}

/** Whether upstream is to be left alone. A wrong clock may have said so for years: no pause is that long. */
export function isPausing({ next_at }: SyncStatus, slot: Date): boolean {
  const wait = Date.parse(next_at) - Number(slot)
  return wait > 0 && wait <= MAX_RETRY_AFTER_MS
}

/** The status after one more failure. */
export function afterFailure(
  before: SyncStatus | undefined,
  error: unknown,
  now: Date,
  shrunk = before?.shrunk,
): SyncStatus {
  const reason = reasonOf(error)
  const failures = (before?.failures ?? 0) + 1
  const backoff = isPassing(reason) ? PERIOD_MS * 2 ** Math.min(failures - 1, 10) : PERIOD_MS
  const asked = (error instanceof ApiError && retryAfterMs(error)) || 0
  const patience = Math.min(backoff, MAX_BACKOFF_MS) - SLACK_MS
  const wait = Math.max(patience, Math.min(asked, MAX_RETRY_AFTER_MS))
  return {
    reason,
    failed_at: now.toISOString(),
    failures,
    next_at: new Date(Number(now) + wait).toISOString(),
    shrunk,
  }
}
