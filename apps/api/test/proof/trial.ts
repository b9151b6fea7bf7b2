import { listOf } from '../node/recorded-upstream.ts'
import type { Cell } from './cells.ts'
import { type KvName, type KvState, kvStates } from './kv-states.ts'
import { lists, OLDEST } from './lists.ts'
import { isCopy, Model, sizeOf } from './model.ts'
import {
  type Copy,
  decode,
  encode,
  MINUTE,
  type SnapshotName,
  type SnapshotState,
  snapshotStates,
  START,
  type Value,
} from './snapshots.ts'
import { type UpstreamName, type UpstreamState, upstreamStates } from './upstream-states.ts'

/** One combination of the three. */
export interface Case {
  readonly snapshot: SnapshotName
  readonly upstream: UpstreamName
  readonly kv: KvName
}

const KEY = 'catalog:v1'
const ASIDE = 'catalog:v1:unreadable'
const STATUS = 'status:v1'
/** What a later version of the service keeps is none of this one's business. */
const LATER_KEY = 'catalog:v2'

/** Memory is too old by then to be served without a look at KV. */
const LOOK = MINUTE + 1000

/** Lives through a case in its cell, and tells what was not as it has to be. */
export async function tryCase(cell: Cell, named: Case): Promise<readonly string[]> {
  const snapshot: SnapshotState = snapshotStates[named.snapshot]
  const upstream: UpstreamState = upstreamStates[named.upstream]
  const kv: KvState = kvStates[named.kv]
  const trial = new Trial(cell, new Model(snapshot, kv, upstream), Boolean(upstream.answer))
  await trial.prepare(snapshot, kv, upstream)
  await trial.moment('at first', START, async () => {
    await trial.list()
    await trial.followers()
  })
  await trial.moment('a minute later', START + LOOK, () => trial.list())
  for (const period of [1, 2]) {
    const slot = START + period * 5 * MINUTE
    if (period === 2 && kv.heals) trial.heal()
    await trial.moment(`tick ${period}`, slot, async () => {
      await trial.tick()
      await trial.list()
    })
    await trial.moment(`a minute after tick ${period}`, slot + LOOK, () => trial.list())
  }
  return trial.surprises
}

class Trial {
  readonly surprises: string[] = []
  readonly #cell: Cell
  readonly #model: Model
  readonly #counts: boolean
  #name = 'before'
  #now = START
  #last: Value | 'unknown'
  #sweepsBefore = 0
  #seen = ''

  constructor(cell: Cell, model: Model, counts: boolean) {
    this.#cell = cell
    this.#model = model
    this.#counts = counts
  }

  async prepare(
    { memory, stored, before }: SnapshotState,
    state: KvState,
    upstream: UpstreamState,
  ): Promise<void> {
    const { kv } = this.#cell
    kv.values.set(LATER_KEY, 'of a later version')
    if (memory) {
      kv.values.set(KEY, encode(memory) ?? '')
      this.#now = memory.syncedAt + MINUTE
      const primed = await this.#get('/v1/models')
      this.#expect('the list', listOf(lists[memory.list]), primed.body)
      kv.values.delete(KEY)
    }
    const [value, old] = [encode(stored), encode(before)]
    if (value !== undefined) kv.values.set(KEY, value)
    if (old !== undefined) kv.before.set(KEY, old)
    kv.state = state
    this.#cell.upstream.state = upstream
    this.#last = stored
  }

  /** Something that happens, and what must hold once nothing goes on behind it any more. */
  async moment(name: string, now: number, happening: () => Promise<void>): Promise<void> {
    this.#name = name
    this.#now = now
    await happening()
    await this.#checkLines()
    await this.#checkHealth()
    this.#checkSweeps()
    this.#checkStored()
    this.#checkLeaks()
  }

  heal(): void {
    this.#cell.kv.state = kvStates.healthy
    this.#model.kvTurns(kvStates.healthy)
  }

  async list(): Promise<void> {
    const expected = this.#model.request(this.#now)
    const answer = await this.#get('/v1/models')
    const { body, headers, status } = answer
    this.#expect('the status', expected ? 200 : 503, status)
    this.#expect('CORS', '*', headers.get('access-control-allow-origin'))
    if (!expected) return this.#expectNothing(answer)
    const standing = this.#now - expected.syncedAt > 15 * MINUTE ? 'stale' : 'fresh'
    this.#expect('the list', listOf(lists[expected.list]), body)
    this.#expect('x-synced-at', iso(expected.syncedAt), headers.get('x-synced-at'))
    this.#expect(
      'last-modified',
      new Date(expected.changedAt).toUTCString(),
      headers.get('last-modified'),
    )
    const cache = `models-edge; hit; detail=${standing}`
    this.#expect('cache-status', cache, headers.get('cache-status'))
    const policy = 'public, max-age=60, stale-while-revalidate=600, stale-if-error=86400'
    this.#expect('cache-control', policy, headers.get('cache-control'))
  }

  /** Those who come while a first answer's work may still go on get theirs from wherever it is. */
  async followers(): Promise<void> {
    const expected = this.#model.memory ? 200 : 503
    const paths = [`/v1/models/${OLDEST}`, '/v1/changes', '/v1/models?limit=1']
    const answers = await Promise.all(paths.map((path) => this.#get(path)))
    for (const [index, { status }] of answers.entries()) {
      this.#expect(`the status of ${paths[index]}`, expected, status)
    }
  }

  tick(): Promise<void> {
    this.#model.tick(this.#now)
    return this.#cell.tick(this.#now)
  }

  /** The documented 503, in the API's own shape. */
  #expectNothing({ body, headers }: Got): void {
    this.#expect('retry-after', '30', headers.get('retry-after'))
    this.#expect('cache-control', 'no-store', headers.get('cache-control'))
    const { type, error, request_id } = JSON.parse(body) as {
      readonly type: string
      readonly error: { readonly type: string; readonly message: string }
      readonly request_id: string
    }
    this.#expect('the error', 'error api_error', `${type} ${error.type}`)
    this.#expect('the request id', headers.get('request-id'), request_id)
    this.#expect('a message', true, error.message.startsWith('There is no list of models yet'))
  }

  async #checkLines(): Promise<void> {
    const report = await this.#cell.report()
    this.#seen += report.join()
    const seen = report.map((line) => {
      const { event, outcome, reason } = JSON.parse(line) as Record<string, string>
      return said(event === 'sync' ? (outcome ?? '') : line, reason)
    })
    const expected = this.#model.lines.map(({ outcome, reason }) => said(outcome, reason))
    this.#model.lines = []
    this.#expect('the log', expected.join(', '), seen.join(', '))
  }

  async #checkHealth(): Promise<void> {
    const { memory, own } = this.#model
    const { body, headers, status } = await this.#get('/health')
    const health = JSON.parse(body) as {
      readonly status: string
      readonly synced_at: string | null
      readonly models: number
      readonly last_failure: { readonly reason: string; readonly in_a_row: number } | null
    }
    const isFresh = memory && this.#now - memory.syncedAt <= 15 * MINUTE
    const word = memory ? (isFresh && !own ? 'ok' : 'degraded') : 'down'
    this.#expect('/health', memory ? 200 : 503, status)
    this.#expect('caching of /health', 'no-store', headers.get('cache-control'))
    this.#expect('the status in /health', word, health.status)
    this.#expect(
      'the time in /health',
      memory ? iso(memory.syncedAt) : null,
      health.synced_at && iso(Date.parse(health.synced_at)),
    )
    this.#expect('the models in /health', memory ? sizeOf(memory.list) : 0, health.models)
    const failure = health.last_failure
    this.#expect(
      'the failure in /health',
      own ? `${own.reason} ${own.count}` : 'none',
      failure ? `${failure.reason} ${failure.in_a_row}` : 'none',
    )
  }

  /** As often as it has to be, and not more than once in a period whatever the model thinks. */
  #checkSweeps(): void {
    if (!this.#counts) return
    const { sweeps } = this.#cell.upstream
    this.#expect('sweeps', this.#model.sweeps, sweeps)
    if (sweeps - this.#sweepsBefore > 1) this.#say('sweeps in a period', '1 at the most', sweeps)
    // The moments that end a period are those a minute after something.
    if (this.#name.startsWith('a minute')) this.#sweepsBefore = sweeps
  }

  #checkStored(): void {
    const { offences, values } = this.#cell.kv
    const stored = decode(values.get(KEY))
    this.#expect('what is stored', told(this.#model.stored), told(stored))
    this.#expect('what is set aside', told(this.#model.aside), told(decode(values.get(ASIDE))))
    this.#expect('what a later version stored', 'of a later version', values.get(LATER_KEY))
    const status = JSON.parse(values.get(STATUS) ?? 'null') as {
      readonly reason: string
      readonly failures: number
      readonly next_at: string
    } | null
    const failure = this.#model.status
    this.#expect(
      'status:v1',
      failure ? `${failure.reason} ${failure.count}, next ${iso(failure.nextAt)}` : 'none',
      status ? `${status.reason} ${status.failures}, next ${status.next_at}` : 'none',
    )
    const known = new Set([KEY, ASIDE, STATUS, LATER_KEY])
    const others = [...values.keys()].filter((key) => !known.has(key))
    this.#expect('other keys', '', others.join())
    this.#expect('other requests to KV', '', offences.join())
    this.#expect('other requests upstream', '', this.#cell.upstream.offences.join())
    this.#checkNoRegress(stored)
    this.#last = stored
  }

  /** Whatever the model thinks: what is stored never gets older, smaller or forgetful, and never goes. */
  #checkNoRegress(stored: Value | 'unknown'): void {
    const last = this.#last
    if (!isCopy(last)) return
    if (!isCopy(stored)) return this.#say('a snapshot that stays', told(last), told(stored))
    const seenTwice = this.#model.sweeps >= 2 && stored.list === 'small'
    if (
      stored.syncedAt < last.syncedAt ||
      (last.history && !stored.history) ||
      (sizeOf(stored.list) < sizeOf(last.list) && !seenTwice)
    ) {
      this.#say('a snapshot that does not regress', told(last), told(stored))
    }
  }

  #checkLeaks(): void {
    const seen = this.#seen + [...this.#cell.kv.values.values()].join()
    if (seen.includes('stand-in-key'))
      this.#say('the key', 'nowhere', 'in an answer, line or value')
  }

  async #get(path: string): Promise<Got> {
    const response = await this.#cell.fetch(path, this.#now)
    const { headers, status } = response
    const body = await response.text()
    this.#seen += body + JSON.stringify([...headers])
    return { body, headers, status }
  }

  #expect(what: string, expected: unknown, seen: unknown): void {
    if (expected !== seen) this.#say(what, expected, seen)
  }

  #say(what: string, expected: unknown, seen: unknown): void {
    this.surprises.push(`${this.#name}: ${what}: expected ${short(expected)}, seen ${short(seen)}`)
  }
}

interface Got {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

function iso(time: number): string {
  return new Date(time).toISOString()
}

function said(outcome: string, reason: string | undefined): string {
  return reason === undefined ? outcome : `${outcome} (${reason})`
}

function told(value: Value | 'unknown'): string {
  if (!isCopy(value)) return value ?? 'nothing'
  const { list, syncedAt, changedAt, history }: Copy = value
  const past = history ? 'with' : 'without'
  return `${list} of ${iso(syncedAt)}, changed ${iso(changedAt)}, ${past} history`
}

function short(value: unknown): string {
  const text = String(value)
  return text.length > 160 ? `${text.slice(0, 60)}…${text.slice(-60)}` : text
}
