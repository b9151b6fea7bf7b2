import { composeKeeper, type Configuration } from '../../src/compose.ts'
import type { Keeper } from '../../src/keeper/keeper.ts'
import type { Head } from '../../src/snapshot/snapshot.ts'
import { SNAPSHOT_KEY } from '../../src/snapshot/coding.ts'
import { CRON_MS } from '../../src/timing.ts'
import { Clock } from './clock.ts'
import { FakeKv } from './kv.ts'
import { platformOn } from './platform.ts'
import { START } from './snapshots.ts'
import { Tables } from './tables.ts'
import { FakeUpstream, UPSTREAM } from './upstream.ts'

type Line = Readonly<Record<string, unknown>>

/** A Keeper with all that is around it: a clock that stands still, KV, and an upstream with these models. */
export class KeeperWorld {
  readonly clock = new Clock(START)
  readonly kv = new FakeKv()
  readonly upstream = new FakeUpstream()
  readonly platform = platformOn(this.clock, this.upstream.fetch)
  tables: Tables
  keeper: Keeper
  readonly #env: Configuration

  constructor(models: readonly object[] = [], env: Configuration = {}) {
    this.upstream.list(...models)
    this.#env = { ANTHROPIC_API_KEY: 'stand-in-key', ANTHROPIC_BASE_URL: UPSTREAM, ...env }
    this.tables = new Tables()
    this.keeper = this.#compose()
  }

  /** A new Keeper over the same storage, or over another one, perhaps with another configuration. */
  restart({ env = {}, tables = this.tables }: { env?: Configuration; tables?: Tables } = {}): void {
    this.tables = tables
    this.keeper = this.#compose(env)
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
  get published(): Head & ReturnType<Tables['shown']> {
    return JSON.parse(this.kv.values.get(SNAPSHOT_KEY) ?? 'null') as KeeperWorld['published']
  }

  #compose(env: Configuration = {}): Keeper {
    const configured = { CATALOG: this.kv, ...this.#env, ...env }
    return composeKeeper(configured, this.tables.storage, this.platform)
  }
}
