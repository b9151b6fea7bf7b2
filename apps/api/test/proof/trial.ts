import { listOf } from '../node/recorded-upstream.ts'
import type { Cell } from './cells.ts'
import { type KvName, type KvState, kvStates } from './kv-states.ts'
import { lists, OLDEST } from './lists.ts'
import { Model, sizeOf } from './model.ts'
import {
  MINUTE,
  type SnapshotName,
  type SnapshotState,
  snapshotStates,
  START,
} from './snapshots.ts'
import { Storage } from './storage.ts'
import { type UpstreamName, type UpstreamState, upstreamStates } from './upstream-states.ts'
import { Witness } from './witness.ts'

/** One combination of the three. */
export interface Case {
  readonly snapshot: SnapshotName
  readonly upstream: UpstreamName
  readonly kv: KvName
}

/** Memory is too old by then to be served without a look at KV. */
const LOOK = MINUTE + 1000

const POLICY = 'public, max-age=60, stale-while-revalidate=600, stale-if-error=86400'

/** Lives through a case in its cell, and tells what was not as it has to be. */
export async function tryCase(cell: Cell, named: Case): Promise<readonly string[]> {
  const trial = new Trial(cell, named)
  await trial.prepare()
  await trial.moment('at first', START, async () => {
    await trial.list()
    await trial.followers()
  })
  await trial.moment('a minute later', START + LOOK, () => trial.list())
  for (const period of [1, 2]) {
    const slot = START + period * 5 * MINUTE
    if (period === 2) trial.heal()
    await trial.moment(`tick ${period}`, slot, async () => {
      await trial.tick()
      await trial.list()
    })
    await trial.moment(`a minute after tick ${period}`, slot + LOOK, () => trial.list())
  }
  return trial.surprises
}

class Trial {
  readonly #cell: Cell
  readonly #snapshot: SnapshotState
  readonly #upstream: UpstreamState
  readonly #kv: KvState
  readonly #model: Model
  readonly #storage: Storage
  readonly #witness: Witness
  #sweepsBefore = 0

  constructor(cell: Cell, { snapshot, upstream, kv }: Case) {
    this.#cell = cell
    this.#snapshot = snapshotStates[snapshot]
    this.#upstream = upstreamStates[upstream]
    this.#kv = kvStates[kv]
    this.#model = new Model(this.#snapshot, this.#kv, this.#upstream)
    this.#storage = new Storage(cell)
    this.#witness = new Witness(cell)
  }

  get surprises(): readonly string[] {
    return this.#witness.surprises
  }

  async prepare(): Promise<void> {
    const { memory } = this.#snapshot
    if (memory) {
      this.#storage.hold(memory)
      this.#witness.now = memory.syncedAt + MINUTE
      const { body } = await this.#witness.get('/v1/models')
      this.#witness.expect('the list', listOf(lists[memory.list]), body)
    }
    this.#storage.begin(this.#snapshot)
    this.#cell.kv.state = this.#kv
    this.#cell.upstream.state = this.#upstream
  }

  heal(): void {
    if (!this.#kv.heals) return
    this.#cell.kv.state = kvStates.healthy
    this.#model.kvTurns(kvStates.healthy)
  }

  /** Something that happens, and what must hold once nothing goes on behind it any more. */
  async moment(name: string, now: number, happening: () => Promise<void>): Promise<void> {
    this.#witness.moment = name
    this.#witness.now = now
    await happening()
    await this.#checkLines()
    await this.#checkHealth()
    this.#checkSweeps()
    this.#storage.check(this.#model, this.#witness)
    this.#witness.expectNoLeak()
  }

  tick(): Promise<void> {
    const { now } = this.#witness
    this.#model.tick(now)
    return this.#cell.tick(now)
  }

  async list(): Promise<void> {
    const witness = this.#witness
    const expected = this.#model.request(witness.now)
    const { body, headers, status } = await witness.get('/v1/models')
    witness.expect('the status', expected ? 200 : 503, status)
    witness.expect('CORS', '*', headers.get('access-control-allow-origin'))
    if (!expected) return this.#expectNothing(body, headers)
    const { changedAt, list, syncedAt } = expected
    const standing = witness.now - syncedAt > 15 * MINUTE ? 'stale' : 'fresh'
    const cache = `models-edge; hit; detail=${standing}`
    witness.expect('the list', listOf(lists[list]), body)
    witness.expect('x-synced-at', iso(syncedAt), headers.get('x-synced-at'))
    witness.expect('last-modified', new Date(changedAt).toUTCString(), headers.get('last-modified'))
    witness.expect('cache-status', cache, headers.get('cache-status'))
    witness.expect('cache-control', POLICY, headers.get('cache-control'))
  }

  /** Those who come while a first answer's work may still go on get theirs from wherever it is. */
  async followers(): Promise<void> {
    const expected = this.#model.memory ? 200 : 503
    const paths = [`/v1/models/${OLDEST}`, '/v1/changes', '/v1/models?limit=1']
    const answers = await Promise.all(paths.map((path) => this.#witness.get(path)))
    for (const [index, { status }] of answers.entries()) {
      this.#witness.expect(`the status of ${paths[index]}`, expected, status)
    }
  }

  /** The documented 503, in the API's own shape. */
  #expectNothing(body: string, headers: Headers): void {
    const witness = this.#witness
    const { type, error, request_id } = JSON.parse(body) as {
      readonly type: string
      readonly error: { readonly type: string; readonly message: string }
      readonly request_id: string
    }
    witness.expect('retry-after', '30', headers.get('retry-after'))
    witness.expect('cache-control', 'no-store', headers.get('cache-control'))
    witness.expect('the error', 'error api_error', `${type} ${error.type}`)
    witness.expect('the request id', headers.get('request-id'), request_id)
    witness.expect('a message', 'There is no list', error.message.slice(0, 16))
  }

  async #checkLines(): Promise<void> {
    const seen = (await this.#witness.lines()).map((line) => {
      const { event, outcome, reason } = JSON.parse(line) as Record<string, string>
      return said(event === 'sync' ? (outcome ?? '') : line, reason)
    })
    const expected = this.#model.lines.map(({ outcome, reason }) => said(outcome, reason))
    this.#model.lines = []
    this.#witness.expect('the log', expected.join(', '), seen.join(', '))
  }

  async #checkHealth(): Promise<void> {
    const { memory, own } = this.#model
    const witness = this.#witness
    const { body, headers, status } = await witness.get('/health')
    const health = JSON.parse(body) as {
      readonly status: string
      readonly synced_at: string | null
      readonly models: number
      readonly last_failure: { readonly reason: string; readonly in_a_row: number } | null
    }
    const failure = health.last_failure
    const isFresh = memory && witness.now - memory.syncedAt <= 15 * MINUTE
    const word = memory ? (isFresh && !own ? 'ok' : 'degraded') : 'down'
    witness.expect('/health', memory ? 200 : 503, status)
    witness.expect('caching of /health', 'no-store', headers.get('cache-control'))
    witness.expect('the status in /health', word, health.status)
    witness.expect('the time in /health', memory ? iso(memory.syncedAt) : null, health.synced_at)
    witness.expect('the models in /health', memory ? sizeOf(memory.list) : 0, health.models)
    witness.expect(
      'the failure in /health',
      own ? `${own.reason} ${own.count}` : 'none',
      failure ? `${failure.reason} ${failure.in_a_row}` : 'none',
    )
  }

  /** As often as it has to be, and not more than once in a period whatever the model thinks. */
  #checkSweeps(): void {
    const witness = this.#witness
    const { offences, sweeps } = this.#cell.upstream
    witness.expect('other requests upstream', '', offences.join())
    // Who refuses to be connected to cannot count.
    if (!this.#upstream.answer) return
    witness.expect('sweeps', this.#model.sweeps, sweeps)
    if (sweeps - this.#sweepsBefore > 1)
      witness.say('sweeps in a period', 'one at the most', sweeps)
    // The moments that end a period are those a minute after something.
    if (witness.moment.startsWith('a minute')) this.#sweepsBefore = sweeps
  }
}

function iso(time: number): string {
  return new Date(time).toISOString()
}

function said(outcome: string, reason: string | undefined): string {
  return reason === undefined ? outcome : `${outcome} (${reason})`
}
