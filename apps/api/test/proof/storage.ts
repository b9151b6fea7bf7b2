import { KEY } from './cell-kv.ts'
import type { Cell } from './cells.ts'
import type { Copy, Model, Value } from './model.ts'
import type { KeptState, KvState } from './states.ts'
import { describeText, describeValue, encode, read, spoilt, type Stored } from './values.ts'

export type Expect = (what: string, expected: unknown, seen: unknown) => void

const ASIDE = `${KEY}:unreadable`
const REQUESTS = new Set([`GET ${KEY}`, `PUT ${KEY}`, `PUT ${ASIDE}`, 'GET '])

/** What a cell's KV holds, and how that may change. */
export class Storage {
  readonly #cell: Cell
  readonly #model: Model
  /** The last value that was to be written, or what the Keeper can know of. */
  #last: Stored | undefined
  #checked = 0

  constructor(cell: Cell, model: Model) {
    this.#cell = cell
    this.#model = model
  }

  /** As it is when a sync has just left that. */
  hold(copy: Copy): void {
    this.#cell.kv.values.set(KEY, encode(copy, this.#cell.baseURL))
    this.#model.stored = copy
  }

  /** As it is when the cell begins, and KV as that state says. */
  begin({ keeper, stored }: KeptState, older: Copy, { shows }: KvState): void {
    const { baseURL, kv } = this.#cell
    const kept = kv.values.get(KEY) ?? ''
    const all: Readonly<Record<KeptState['stored'], readonly [string | undefined, Value]>> = {
      kept: [kept, this.#model.stored],
      older: [encode(older, baseURL), older],
      nothing: [undefined, undefined],
      broken: [spoilt.broken(kept), 'broken'],
      later: [spoilt.later(kept), 'later'],
    }
    const [text, value] = all[stored]
    const [lagging, lag] = all[stored === 'kept' ? 'older' : stored]
    for (const [view, shown] of [
      [kv.values, text],
      [kv.before, lagging],
    ] as const) {
      view.clear()
      if (shown !== undefined) view.set(KEY, shown)
    }
    this.#model.stored = value
    this.#model.before = lag
    // An empty Keeper can go on from nothing but what it is shown.
    this.#last = read(keeper === 'nothing' && shows === 'before' ? lagging : text)
    kv.puts.length = 0
    this.#model.puts = 0
  }

  check(expect: Expect): void {
    const { puts, requests, values } = this.#cell.kv
    const { puts: expected, stored } = this.#model
    expect('what is stored', describeValue(stored), describeText(values.get(KEY)))
    const others = requests.filter((request) => !REQUESTS.has(request))
    expect('other requests to KV', '', others.join())
    expect('writes to KV', expected, puts.length)
    for (const put of puts.slice(this.#checked)) this.#checkNoRegress(put, expect)
    this.#checked = puts.length
  }

  /** Whatever the model thinks: what is stored never gets older, smaller or forgetful. */
  #checkNoRegress(put: string, expect: Expect): void {
    const last = this.#last
    const next = read(put)
    this.#last = next ?? last
    if (!last || !next) return expect('a snapshot', true, next !== undefined)
    const changes = new Set(next.changes.map(({ id }) => id))
    const models = new Set(next.models)
    const isSmaller = !last.models.every((json) => models.has(json))
    expect(
      'an older one is written',
      false,
      next.revision < last.revision || next.synced_at < last.synced_at,
    )
    expect('a smaller one is written', false, isSmaller && this.#cell.upstream.sweeps < 2)
    expect('changes are forgotten', false, !last.changes.every(({ id }) => changes.has(id)))
  }
}
