import { type KvState, kvStates, lists } from './states.ts'
import { type Sweep, type UpstreamState, upstreamStates } from './upstream-states.ts'

/*
 * The service in the words of its design, without any of its mechanism: what the Keeper must keep, publish
 * and say, and one isolate serve. It shares no code with the service, and nothing in it was read off the
 * service's answers.
 */

export const MINUTE = 60_000
const TURN = 5 * MINUTE
const SLACK = MINUTE / 4
const LONGEST_PAUSE = 15 * MINUTE
const SILENCE = 30 * MINUTE

/** How long a request waits for KV, and for anything at all; and a sweep for one answer. */
const GRACE_MS = 500
const PATIENCE_MS = 4500
const UPSTREAM_MS = 10_000

interface Failure {
  readonly reason: string
  readonly failures: number
  readonly next_at: string
}

/** What is served, named as in KV, as far as the proof tells one thing from another. */
export interface Copy {
  /** Of two, the higher one is the later one. */
  readonly revision: number
  readonly written_at: string
  readonly synced_at: string
  readonly changed_at: string
  readonly failure: Failure | null
  readonly models: readonly string[]
  /** The place in the history of the time at which it began. */
  readonly complete_from: number
  readonly events: number
}

/** What lies under the snapshot's key: a snapshot, what is none, or nothing. */
export type Value = Copy | 'broken' | 'later' | undefined

export class Model {
  kv: KvState = kvStates.healthy
  upstream: UpstreamState = upstreamStates.healthy
  stored: Value
  /** What KV shows of it where it lags behind. */
  before: Value
  memory: Copy | undefined
  /** Where there is nothing to serve: why. */
  why: Failure | null = null
  isReachable = true
  sweeps = 0
  puts = 0
  lines: string[] = []
  /** What the Keeper has; or what it swept while nobody knew what KV holds. */
  #kept: Copy | undefined
  #provisional: Copy | undefined
  #failure: Failure | null = null
  /** What the last sweep said of a model in place of what is known; empty where it was missing. */
  #doubts: ReadonlyMap<string, string> = new Map()
  #workedAt = -Infinity
  /** What KV took last, and when; and since when, and how often, it has not taken anything. */
  #put = { content: '', at: -Infinity, triedAt: -Infinity, failures: 0 }
  /** Behind those that the cell begins with. */
  #revision = 2
  #toldAt = -Infinity
  #knockedAt = -Infinity

  /** What is answered; nothing is a 503. */
  request(now: number): Copy | undefined {
    const shown = this.#shown()
    const held = this.memory
    const { delayMs } = this.kv
    if (held) {
      this.#take(shown)
      const answer = this.#toldAt === now || delayMs > GRACE_MS ? held : this.memory
      this.#knockIfSilent(now)
      return answer
    }
    const fromKv = isCopy(shown) ? { copy: shown, ms: delayMs } : undefined
    const isSoon = fromKv && delayMs <= GRACE_MS
    const found = [fromKv, isSoon ? undefined : this.#ask(now)].filter((one) => one !== undefined)
    const [first] = found.toSorted((one, other) => one.ms - other.ms)
    this.#take(first?.copy)
    return first && first.ms <= PATIENCE_MS ? first.copy : undefined
  }

  /** The cron knocks here. */
  tick(now: number): void {
    if (!this.isReachable) {
      this.lines.push('knock failed')
      return
    }
    this.#work(now)
    const copy = this.#tellKnocker(now)
    this.#take(copy)
    if (copy) this.#toldAt = now
  }

  /** Where nobody has written for long, the isolate knocks behind its answer. */
  #knockIfSilent(now: number): void {
    const isSilent = now - Date.parse(this.memory?.written_at ?? '') >= SILENCE
    if (!isSilent || now - this.#knockedAt < LONGEST_PAUSE) return
    this.#knockedAt = now
    this.#work(now)
    // KV can be dead for this place alone: then it asks for the copy.
    this.#take(this.#tellKnocker(now) ?? this.#copy(now))
  }

  /** Who knocks is given what is kept where KV seems not to have it. */
  #tellKnocker(now: number): Copy | undefined {
    return now - this.#put.at >= SILENCE ? this.#copy(now) : undefined
  }

  /** Memory takes what is later than what it has. */
  #take(value: Value | 'error'): void {
    const isLater = isCopy(value) && value.revision > (this.memory?.revision ?? -1)
    if (isLater) this.memory = value
  }

  /** What the Keeper gives whoever has nothing, and after how long. */
  #ask(now: number): { readonly copy: Copy; readonly ms: number } | undefined {
    if (!this.isReachable) return undefined
    const known = this.#kept ?? this.#provisional
    const ms = Math.min(GRACE_MS, this.kv.delayMs) + (known ? 0 : this.#work(now))
    const copy = this.#copy(now)
    return copy && { copy, ms }
  }

  #copy(now: number): Copy | undefined {
    const copy = this.#kept && { ...this.#kept, written_at: iso(now) }
    if (!copy && !this.#provisional) this.why = this.#failure
    return copy ?? this.#provisional
  }

  #shown(): Value | 'error' {
    const { shows } = this.kv
    return { before: this.before, error: 'error', nothing: undefined, stored: this.stored }[
      shows
    ] as Value | 'error'
  }

  /** Somebody knocks; gives how long it takes until the list is known. */
  #work(now: number): number {
    if (this.#workedAt === now) return 0
    this.#workedAt = now
    if (now < Date.parse(this.#failure?.next_at ?? '')) {
      this.#publish(now, 'skipped (backing_off)')
      return 0
    }
    const origin = this.#kept ? { ms: 0 } : this.#goOn()
    const sweep = this.#sweep()
    if (!('list' in sweep)) this.#fail(now, sweep)
    else if (origin.unknown === undefined) this.#commit(now, lists[sweep.list])
    else {
      const [at, models] = [iso(now), lists[sweep.list]]
      const times = { written_at: at, synced_at: at, changed_at: at, complete_from: now * 1000 }
      this.#failure = null
      this.#provisional = { ...times, models, events: 0, failure: null, revision: this.#before() }
      this.lines.push(`provisional (${origin.unknown})`)
    }
    return origin.ms + (this.upstream.hangs ? UPSTREAM_MS : 0)
  }

  /** An empty Keeper goes on from what KV has, if that can be known. */
  #goOn(): { readonly ms: number; readonly unknown?: string } {
    const { delayMs: ms, lists: isListed, shows, takes } = this.kv
    const shown = this.#shown()
    const unknown = 'kv_read_failed'
    if (shown === 'error') return { ms, unknown }
    if (shown === 'later') return { ms, unknown: 'kv_later_format' }
    if (shown === undefined) {
      const isTrue = isListed && (shows === 'stored' || this.stored === undefined)
      return { ms: 2 * ms, ...(!isTrue && { unknown }) }
    }
    if (shown === 'broken') return { ms: 2 * ms, ...(!takes && { unknown }) }
    this.#kept = { ...shown, revision: this.#next() }
    this.#failure = shown.failure
    this.#put = { ...this.#put, content: contentOf(shown), at: Date.parse(shown.written_at) }
    return { ms }
  }

  #sweep(): Sweep {
    const { sweeps } = this.upstream
    this.sweeps += 1
    return sweeps[Math.min(this.sweeps, sweeps.length) - 1] ?? sweeps[0]
  }

  #fail(
    now: number,
    { passing, reason, retryAfterMs = 0 }: Exclude<Sweep, { list: unknown }>,
  ): void {
    const failures = (this.#failure?.failures ?? 0) + 1
    const pause = passing ? Math.min(MINUTE * 2 ** (failures - 1), LONGEST_PAUSE) : MINUTE
    const failure = { reason, failures, next_at: iso(now + Math.max(pause - SLACK, retryAfterMs)) }
    this.#failure = failure
    this.#doubts = new Map()
    if (this.#kept) this.#kept = { ...this.#kept, failure, revision: this.#next() }
    if (this.#provisional) {
      this.#provisional = { ...this.#provisional, failure, revision: this.#before() }
    }
    this.#publish(now, `failed (${reason})`)
  }

  /** What is new is believed at once; what replaces or removes something when two sweeps in a row say it. */
  #commit(now: number, swept: readonly string[]): void {
    const kept = this.#kept
    const said = byId(swept)
    const known = byId(kept?.models ?? [])
    const next = new Map(said)
    const doubts = new Map<string, string>()
    for (const [id, json] of known) {
      const other = said.get(id) ?? ''
      if (other === json || this.#doubts.get(id) === other) continue
      doubts.set(id, other)
      next.set(id, json)
    }
    const ids = new Set([...known.keys(), ...next.keys()])
    const changes = [...ids].filter((id) => known.get(id) !== next.get(id)).length
    const at = iso(now)
    this.#doubts = doubts
    this.#failure = null
    this.#kept = {
      complete_from: kept?.complete_from ?? now * 1000,
      changed_at: changes > 0 || !kept ? at : kept.changed_at,
      synced_at: doubts.size > 0 && kept ? kept.synced_at : at,
      written_at: at,
      events: (kept?.events ?? 0) + changes,
      failure: null,
      models: [...next]
        .toSorted(([one], [other]) => ageOf(one) - ageOf(other))
        .map(([, json]) => json),
      revision: this.#next(),
    }
    this.#publish(now, doubts.size > 0 ? 'doubted' : changes > 0 ? 'written' : 'unchanged')
  }

  /** Writes to KV where it is due, and says so. */
  #publish(now: number, outcome: string): void {
    const cause = this.#cause(now)
    const { takes } = this.kv
    this.lines.push(cause ? `${outcome} published: ${takes ? cause : 'failed'}` : outcome)
    if (!cause) return
    this.puts += 1
    if (takes) {
      this.stored = this.#copy(now)
      this.#put = { content: contentOf(this.#kept), at: now, triedAt: -Infinity, failures: 0 }
    } else {
      this.#put = { ...this.#put, triedAt: now, failures: this.#put.failures + 1 }
    }
  }

  /** Once in each turn; else when there is something to say, or to repeat. */
  #cause(now: number): string | undefined {
    if (!this.#kept) return undefined
    const { at, content, failures, triedAt } = this.#put
    const pause = Math.min(MINUTE * 2 ** (failures - 1), LONGEST_PAUSE)
    if (now - triedAt < pause - SLACK) return undefined
    const turn = (time: number): number => Math.floor((time + SLACK) / TURN)
    if (turn(Math.max(at, triedAt)) !== turn(now)) return 'rhythm'
    const [seen, failing] = content.split('\n')
    const [sees, fails] = contentOf(this.#kept).split('\n')
    if (sees !== seen) return 'change'
    return fails === failing ? (failures > 0 ? 'rhythm' : undefined) : 'status'
  }

  #next(): number {
    this.#revision += 1
    return this.#revision
  }

  /** Whatever is kept is later. */
  #before(): number {
    return this.#next() / 1e6
  }
}

export function isCopy(value: Value | 'error'): value is Copy {
  return typeof value === 'object'
}

export function iso(time: number): string {
  return new Date(time).toISOString()
}

/** What the public sees; then why syncs fail. */
function contentOf(copy: Copy | undefined): string {
  const { complete_from, events, failure, models = [] } = copy ?? {}
  return `${complete_from} ${events} ${models.join()}\n${failure?.reason ?? ''}`
}

function byId(models: readonly string[]): ReadonlyMap<string, string> {
  return new Map(models.map((json) => [(JSON.parse(json) as { id: string }).id, json]))
}

function ageOf(id: string): number {
  return Number(id.slice('k-'.length))
}
