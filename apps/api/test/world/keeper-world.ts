import { expect, onTestFinished } from 'vitest'
import { composeKeeper, composeWorker, type Configuration, type Worker } from '../../src/compose.ts'
import type { CatalogKeeper, KeeperStub } from '../../src/keeper/keeper.ts'
import { type CatalogRow, Rows } from '../../src/keeper/rows.ts'
import type { Visibility } from '../../src/keeper/seal.ts'
import { commitList, type Committed, type Moment } from '../../src/keeper/commit.ts'
import { contentOf } from '../../src/keeper/content.ts'
import type { Storage } from '../../src/keeper/storage.ts'
import { openTables } from '../../src/keeper/tables.ts'
import type { Platform } from '../../src/platform/platform.ts'
import { hiddenBy } from '../../src/snapshot/hidden.ts'
import { SNAPSHOT_KEY } from '../../src/snapshot/coding.ts'
import type { StoredModel } from '../../src/snapshot/model.ts'
import type { Source } from '../../src/snapshot/snapshot.ts'
import { CRON_MS } from '../../src/timing.ts'
import { Clock } from './clock.ts'
import { FakeKv } from './kv.ts'
import { START } from './snapshots.ts'
import { sqliteStorage } from './sqlite.ts'

export const UPSTREAM = 'https://upstream.test'

/** The message of every error that upstream answers with. */
export const UPSTREAMS_WORDS = 'as upstream tells it'

export const SOURCE: Source = { base_url: UPSTREAM, key: '01234567' }

type Line = Readonly<Record<string, unknown>>

/** What a Keeper's storage holds, and how much was written there. */
export class Tables {
  readonly storage: Storage
  readonly rows: Rows

  constructor(storage: Storage = sqliteStorage()) {
    this.storage = storage
    openTables(storage)
    this.rows = new Rows(storage)
  }

  /** A sweep that found these models, at a time in milliseconds. */
  commit(
    models: readonly StoredModel[],
    given: Partial<Moment> & { readonly hidden?: string; readonly source?: Source } = {},
  ): Committed {
    const { hidden = '', now = Date.parse(START), random = chance(), source = SOURCE } = given
    const { began = now } = given
    const moment = { began, now, random }
    return commitList(this.storage, visibilityOf(hidden), { source, models }, moment)
  }

  /** The catalog that is served. */
  get catalog(): CatalogRow {
    const catalog = this.rows.current()
    if (!catalog) throw new Error('there is no catalog yet')
    return catalog
  }

  /** What the public sees. */
  content(hidden = ''): string {
    return contentOf(this.rows, this.catalog, visibilityOf(hidden).isHidden)
  }

  /** How many rows were written, changed or deleted so far. */
  get written(): number {
    const [row] = this.storage.sql.exec('SELECT total_changes() AS rows').toArray()
    return Number(row?.['rows'])
  }

  dump(table: string): readonly object[] {
    return this.storage.sql.exec(`SELECT * FROM ${table}`).toArray()
  }
}

export function visibilityOf(hidden = ''): Visibility {
  return { hidden, isHidden: hiddenBy(hidden) }
}

/** A platform on a virtual clock. Who only waits, with nothing to end it, has the time pass at once. */
export function platformAt(clock: Clock, send?: Platform['fetch']): Platform & { lines: Line[] } {
  const lines: Line[] = []
  return {
    now: clock.now,
    random: chance(),
    async sleep(ms, signal) {
      const sleeping = clock.sleep(ms, signal)
      if (!signal) await clock.pass(ms)
      await sleeping
    },
    fetch: send ?? (({ url }) => Promise.reject(new Error(`unexpected request to ${url}`))),
    lines,
    log: (line) => void lines.push(line),
  }
}

/** Chance that is the same in every run, and another at each call. */
export function chance(): Platform['random'] {
  let last = 1
  return () => {
    last = (last * 16_807) % 2_147_483_647
    return last / 2_147_483_647
  }
}

export function json(
  text: string,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(text, {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  })
}

export function apiError(
  status: number,
  type: string,
  headers: Record<string, string> = {},
): Response {
  const error = { type, message: UPSTREAMS_WORDS }
  return json(JSON.stringify({ type: 'error', error }), status, headers)
}

/** Anthropic's API, as far as a Keeper asks it. What nobody planned is refused, and the test fails. */
export class FakeUpstream {
  /** The models' texts, newest first. */
  models: readonly string[]
  aliases: Readonly<Record<string, string>>
  readonly requests: Request[] = []
  /** Answers in its place; undefined lets it answer. */
  instead: (path: string) => Promise<Response | undefined> | Response | undefined = () => undefined

  constructor(models: readonly object[], aliases: Readonly<Record<string, string>> = {}) {
    this.models = models.map((model) => JSON.stringify(model))
    this.aliases = aliases
    const unplanned = this.#unplanned
    onTestFinished(() => expect(unplanned).toEqual([]))
  }

  readonly #unplanned: string[] = []

  /** Path and query of every request. */
  get paths(): readonly string[] {
    return this.requests.map(({ url }) => url.slice(UPSTREAM.length))
  }

  get sweeps(): number {
    return this.paths.filter((path) => path.startsWith('/v1/models?')).length
  }

  /** The names that were asked for. */
  get names(): readonly string[] {
    return this.paths.flatMap((path) => /^\/v1\/models\/([^?]+)$/.exec(path)?.[1] ?? [])
  }

  readonly fetch: Platform['fetch'] = async (request) => {
    this.requests.push(request)
    const { method, url } = request
    const { origin, pathname, search } = new URL(url)
    if (method !== 'GET' || origin !== UPSTREAM) return this.#refuse(request)
    const other = await this.instead(pathname + search)
    if (other) return other
    if (pathname === '/v1/models' && search.startsWith('?limit=1000&')) return this.#list()
    const name = /^\/v1\/models\/([^/]+)$/.exec(pathname)?.[1]
    if (name === undefined || search !== '') return this.#refuse(request)
    const id = this.aliases[name] ?? name
    const model = this.models.find((text) => idOf(text) === id)
    return model === undefined ? apiError(404, 'not_found_error') : json(model)
  }

  #list(): Response {
    const { models } = this
    const ends = {
      first_id: models.slice(0, 1).map(idOf)[0],
      last_id: models.slice(-1).map(idOf)[0],
    }
    const rest = JSON.stringify({ has_more: false, ...ends })
    return json(`{"data":[${models.join()}],${rest.slice(1)}`)
  }

  #refuse({ method, url }: Request): Promise<never> {
    this.#unplanned.push(`${method} ${url}`)
    return Promise.reject(new Error(`unexpected ${method} ${url}`))
  }
}

function idOf(text: string): string {
  return (JSON.parse(text) as { id: string }).id
}

interface Beginning {
  readonly models?: readonly object[]
  readonly aliases?: Readonly<Record<string, string>>
  readonly env?: Configuration
}

/** A Keeper with all that is around it: a clock that stands still, KV, upstream, and isolates that read. */
export class KeeperWorld {
  readonly clock = new Clock(START)
  readonly kv = new FakeKv()
  readonly upstream: FakeUpstream
  readonly platform: ReturnType<typeof platformAt>
  tables = new Tables()
  keeper: CatalogKeeper
  #env: Configuration

  constructor({ models = [], aliases = {}, env = {} }: Beginning = {}) {
    this.upstream = new FakeUpstream(models, aliases)
    this.platform = platformAt(this.clock, this.upstream.fetch)
    this.#env = env
    this.keeper = this.#compose()
  }

  /** A new Keeper over the same storage, or over another one, perhaps with another configuration. */
  restart({ env = this.#env, storage = this.tables.storage } = {}): void {
    this.#env = env
    this.tables = new Tables(storage)
    this.keeper = this.#compose()
  }

  /** An isolate of the Worker, which has served nobody yet. */
  isolate(): Worker {
    const stub: KeeperStub = {
      knock: () => this.keeper.knock(),
      copy: () => this.keeper.copy(),
    }
    return composeWorker(this.#configuration, stub, this.platform)
  }

  /** A knock, and what the log says of it; undefined where it says nothing. */
  async knock(): Promise<Line | undefined> {
    const before = this.platform.lines.length
    await this.keeper.knock()
    return this.platform.lines.slice(before).at(-1)
  }

  /** So many minutes with a knock in each one. Gives the last line of the log. */
  async minutes(count: number): Promise<Line | undefined> {
    let line: Line | undefined
    for (let minute = 0; minute < count; minute += 1) {
      await this.clock.pass(CRON_MS - (this.clock.now() % CRON_MS))
      line = await this.knock()
    }
    return line
  }

  /** What KV holds. */
  get published(): { readonly [name: string]: unknown; readonly models: readonly string[] } {
    return JSON.parse(this.kv.values.get(SNAPSHOT_KEY) ?? 'null') as KeeperWorld['published']
  }

  get #configuration(): Configuration {
    const fixed = { ANTHROPIC_API_KEY: 'stand-in-key', ANTHROPIC_BASE_URL: UPSTREAM }
    return { ...fixed, CATALOG: this.kv.binding, ...this.#env }
  }

  #compose(): CatalogKeeper {
    return composeKeeper(this.#configuration, this.tables.storage, this.platform)
  }
}
