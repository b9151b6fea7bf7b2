import type { KvState } from './kv-states.ts'
import { lists } from './lists.ts'
import { type Copy, MINUTE, type SnapshotState, type Value } from './snapshots.ts'
import type { Sweep, UpstreamState } from './upstream-states.ts'

/*
 * The service in the words of its design, without any of its mechanism: what one isolate must serve, store
 * and say. It shares no code with the service, and nothing in it was read off the service's answers.
 */

const PERIOD = 5 * MINUTE
const STALE = 3 * PERIOD
const HEARTBEAT = 9 * MINUTE
const SLACK = MINUTE / 2

/** A snapshot in memory. One that was made blind, while KV could hold another, is never a reason to write. */
type Held = Copy & { readonly blind: boolean }

interface Failure {
  readonly reason: string
  readonly count: number
  readonly nextAt: number
  /** The small list that was not believed. */
  readonly small?: string | undefined
}

/** What a sync says in its line. */
export interface Line {
  readonly outcome: 'failed' | 'skipped' | 'unchanged' | 'written'
  readonly reason?: string
}

export class Model {
  #kv: KvState
  readonly #upstream: UpstreamState
  readonly #before: Value
  stored: Value
  /** What was found where a snapshot belongs, and could not be read. */
  aside: Value
  status: Failure | undefined
  memory: Held | undefined
  sweeps = 0
  /** The failure that this isolate met last, unless it has succeeded since. */
  own: Failure | undefined
  lines: Line[] = []
  #restUntil = 0

  constructor({ memory, stored, before }: SnapshotState, kv: KvState, upstream: UpstreamState) {
    this.#kv = kv
    this.#upstream = upstream
    this.#before = before
    this.stored = stored
    this.memory = memory && { ...memory, blind: false }
  }

  /** From now on KV is that way. */
  kvTurns(state: KvState): void {
    this.#kv = state
  }

  /** What a request is answered with; nothing is a 503. */
  request(now: number): Copy | undefined {
    this.#look()
    const atHand = this.memory
    if (!atHand || now - atHand.syncedAt > STALE) {
      if (now >= this.#restUntil) this.#sync(now)
    }
    return atHand ?? this.memory
  }

  tick(now: number): void {
    this.#sync(now)
  }

  /** Memory takes what KV shows, if that is better. */
  #look(): void {
    const shown = this.#shown()
    if (isCopy(shown)) this.memory = better({ ...shown, blind: false }, this.memory)
  }

  #shown(): Value | 'error' {
    const { shows } = this.#kv
    if (shows === 'error') return 'error'
    if (shows === 'nothing') return undefined
    return shows === 'before' ? this.#before : this.stored
  }

  #sync(now: number): void {
    this.#restUntil = now + PERIOD
    const known = this.#known()
    if (known && known.nextAt > now) {
      this.own = known
      this.lines.push({ outcome: 'skipped', reason: 'backing_off' })
      return
    }
    const shown = this.#shown()
    const base = isCopy(shown) ? better({ ...shown, blind: false }, this.memory) : this.memory
    const sweep = this.#sweep()
    if (!('list' in sweep)) return this.#fail(now, known, sweep)
    const { list } = sweep
    if (base && sizeOf(list) * 2 < sizeOf(base.list) && known?.small !== list) {
      return this.#fail(now, known, { reason: 'shrunk' }, list)
    }
    const changed = base?.list !== list
    // Where nothing is seen, something can be nonetheless.
    const unseen = this.#kv.shows === 'nothing' && this.stored !== undefined
    const blind = (shown === 'error' || unseen) && (base?.blind ?? true)
    this.memory = {
      list,
      syncedAt: now,
      changedAt: changed ? now : base.changedAt,
      history: base?.history ?? false,
      blind,
    }
    if (shown === 'error' || blind) return this.#fail(now, known, { reason: 'kv_read_failed' })
    const due = changed || !isCopy(shown) || now - shown.syncedAt >= HEARTBEAT
    if (due && !this.#kv.takes) return this.#fail(now, known, { reason: 'kv_write_failed' })
    if (due) {
      if (shown === 'broken' || shown === 'foreign') this.aside = shown
      const { blind: _, ...copy } = this.memory
      this.stored = copy
    }
    if ((known ?? this.own) && this.#kv.takes) this.status = undefined
    this.own = undefined
    this.lines.push({ outcome: due ? 'written' : 'unchanged' })
  }

  /** How syncs have failed so far: as KV shows it, or where it shows nothing at all, as memory has it. */
  #known(): Failure | undefined {
    const { shows } = this.#kv
    if (shows === 'error') return this.own
    return shows === 'stored' ? this.status : undefined
  }

  #sweep(): Sweep {
    const { sweeps } = this.#upstream
    const sweep = sweeps[Math.min(this.sweeps, sweeps.length - 1)] ?? sweeps[0]
    this.sweeps += 1
    return sweep
  }

  #fail(
    now: number,
    known: Failure | undefined,
    { reason, passing, retryAfterMs = 0 }: Exclude<Sweep, { list: unknown }>,
    small = known?.small,
  ): void {
    const count = (known?.count ?? 0) + 1
    const pause = passing ? Math.min(PERIOD * 2 ** (count - 1), 3 * PERIOD) : PERIOD
    const nextAt = now + Math.max(pause - SLACK, retryAfterMs)
    this.own = { reason, count, nextAt, small }
    if (this.#kv.takes) this.status = this.own
    this.lines.push({ outcome: 'failed', reason })
  }
}

export function isCopy(value: Value | 'error' | 'unknown'): value is Copy {
  return typeof value === 'object'
}

export function sizeOf(list: Copy['list']): number {
  return lists[list].length
}

/** The later of the two; one that was made blind is only better than nothing, or than an older such. */
function better(one: Held, other: Held | undefined): Held {
  if (!other) return one
  if (one.blind !== other.blind) return one.blind ? other : one
  return one.syncedAt > other.syncedAt ? one : other
}
