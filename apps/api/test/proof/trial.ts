import { listOf } from '../node/recorded-upstream.ts'
import type { Cell } from './cells.ts'
import { type Copy, iso, MINUTE, Model } from './model.ts'
import {
  type KeptName,
  type KeptState,
  keptStates,
  type KvName,
  type KvState,
  kvStates,
  type ListName,
  lists,
} from './states.ts'
import { type Expect, Storage } from './storage.ts'
import {
  listing,
  type UpstreamName,
  type UpstreamState,
  upstreamStates,
} from './upstream-states.ts'

/** One combination of the three. */
export interface Case {
  readonly kept: KeptName
  readonly upstream: UpstreamName
  readonly kv: KvName
}

/** When upstream and KV begin to be as the cell says. */
const START = Date.parse('2026-11-20T12:00:00Z')

/** In minutes. The last one is in the next turn of what is published, and KV is well by then. */
const TICKS = [1, 2, 5] as const

/** Nobody who gets nothing learns that later. */
const LONGEST_MS = 5000

/** Lives through a case in its cell, and tells what was not as it has to be. */
export async function tryCase(
  cell: Cell,
  { kept, kv, upstream }: Case,
): Promise<readonly string[]> {
  const trial = new Trial(cell)
  const state: KvState = kvStates[kv]
  await trial.prepare(keptStates[kept], state)
  trial.turn(upstreamStates[upstream], state)
  await trial.moment('at first', START, () => trial.list())
  for (const minute of TICKS) {
    if (minute === TICKS.at(-1) && state.heals) {
      trial.turn(upstreamStates[upstream], kvStates.healthy)
    }
    await trial.moment(`minute ${minute}`, START + minute * MINUTE, async () => {
      await trial.tick()
      await trial.list()
    })
  }
  return trial.surprises
}

class Trial {
  readonly surprises: string[] = []
  readonly #cell: Cell
  readonly #model = new Model()
  readonly #storage: Storage
  #moment = 'before'
  #sweepsBefore = 0

  constructor(cell: Cell) {
    this.#cell = cell
    this.#storage = new Storage(cell, this.#model)
  }

  /** Upstream and KV are that way from now on. */
  turn(upstream: UpstreamState, kv: KvState): void {
    this.#cell.upstream.state = this.#model.upstream = upstream
    this.#cell.kv.state = this.#model.kv = kv
  }

  /** Lives through the time before, when all was well, and loses what is lost. */
  async prepare(kept: KeptState, kv: KvState): Promise<void> {
    const { keeper, memory, minutes = 3 } = kept
    const cell = this.#cell
    const model = this.#model
    const at = START - minutes * MINUTE
    const older = copyOf('older', at - 10 * MINUTE, 1)
    if (keeper === 'kept') {
      // It has gone on from there.
      this.#storage.hold(older)
      this.turn(listing('kept'), kvStates.healthy)
      cell.now = at
      await this.tick()
    } else {
      this.#storage.hold({ ...copyOf('kept', at, 2), complete_from: older.complete_from })
    }
    if (memory) {
      cell.now = at + MINUTE
      await this.list()
    }
    await cell.report()
    cell.isKeeperReachable = model.isReachable = keeper !== 'out of reach'
    this.#storage.begin(kept, older, kv)
    cell.upstream.sweeps = model.sweeps = 0
    model.lines = []
  }

  /** Something that happens, and what must hold once nothing goes on behind it any more. */
  async moment(name: string, now: number, happening: () => Promise<void>): Promise<void> {
    this.#moment = name
    this.#cell.now = now
    await happening()
    const { lines, longestMs } = await this.#cell.report()
    this.#expect('the log', this.#model.lines.join('; '), lines.map(said).join('; '))
    this.#model.lines = []
    this.#expect('an answer takes too long', false, longestMs > LONGEST_MS)
    await this.#checkHealth()
    const { sweeps } = this.#cell.upstream
    this.#expect('sweeps', this.#model.sweeps, sweeps)
    this.#expect('more than one sweep in a minute', false, sweeps > this.#sweepsBefore + 1)
    this.#sweepsBefore = sweeps
    this.#storage.check(this.#expect)
  }

  tick(): Promise<void> {
    this.#model.tick(this.#cell.now)
    return this.#cell.tick()
  }

  async list(): Promise<void> {
    const expected = this.#model.request(this.#cell.now)
    const answer = await this.#cell.fetch('/v1/models')
    this.#expect('the status', expected ? 200 : 503, answer.status)
    if (expected) this.#checkList(expected, await answer.text(), answer.headers)
    else this.#expect('when to come back', '30', answer.headers.get('retry-after'))
  }

  #checkList({ changed_at, models, synced_at }: Copy, body: string, headers: Headers): void {
    const seen = (name: string): string | null => headers.get(name)
    this.#expect('the list', listOf(models), body)
    this.#expect('x-synced-at', synced_at, seen('x-synced-at'))
    this.#expect('last-modified', new Date(changed_at).toUTCString(), seen('last-modified'))
    const standing = this.#isStale(synced_at) ? 'stale' : 'fresh'
    this.#expect('cache-status', `models-edge; hit; detail=${standing}`, seen('cache-status'))
  }

  async #checkHealth(): Promise<void> {
    const { memory, why } = this.#model
    const response = await this.#cell.fetch('/health')
    const { last_failure, ...health } = (await response.json()) as {
      readonly [name: string]: unknown
      readonly last_failure: { readonly reason: string; readonly in_a_row: number } | null
    }
    const { failure = why, models = [], synced_at = null } = memory ?? {}
    const isWell = !failure && synced_at !== null && !this.#isStale(synced_at)
    const word = memory ? (isWell ? 'ok' : 'degraded') : 'down'
    const seen = [response.status, health['status'], health['synced_at'], health['models']]
    this.#expect(
      '/health',
      [
        memory ? 200 : 503,
        word,
        synced_at,
        models.length,
        failure?.reason,
        failure?.failures,
      ].join(),
      [...seen, last_failure?.reason, last_failure?.in_a_row].join(),
    )
  }

  #isStale(synced_at: string): boolean {
    return this.#cell.now - Date.parse(synced_at) > 15 * MINUTE
  }

  readonly #expect: Expect = (what, expected, seen) => {
    if (expected === seen) return
    this.surprises.push(
      `${this.#moment}: ${what}: expected ${short(expected)}, seen ${short(seen)}`,
    )
  }
}

/** What a sync leaves that found that list, new, at that time. */
function copyOf(list: ListName, at: number, revision: number): Copy {
  const [models, time] = [lists[list], iso(at)]
  const times = { synced_at: time, changed_at: time, written_at: time, complete_from: at * 1000 }
  return { ...times, models, events: models.length, failure: null, revision }
}

/** What a line of the log says, but for numbers. */
function said(line: string): string {
  const { event, outcome, published, reason } = JSON.parse(line) as Record<string, string>
  const words = [event === 'sync' ? outcome : `${event} ${outcome}`, reason && `(${reason})`]
  return [...words, published && `published: ${published}`].filter(Boolean).join(' ')
}

function short(value: unknown): string {
  const text = String(value)
  return text.length > 300 ? `${text.slice(0, 240)}…${text.slice(-60)}` : text
}
