import { noDoubts, type Doubts } from './believe.ts'
import type { SyncFailure } from '../snapshot/snapshot.ts'
import type { Storage } from './storage.ts'

/* What stands in the tables, as this code sees it. Times are milliseconds. */

export interface KeeperRow {
  readonly revision: number
  /** The catalog that is served; null before there is one. */
  readonly catalog: number | null
  readonly began_at: number | null
  readonly failure: SyncFailure | null
  /** Another catalog that the last sweep came from, and what was in it: it is begun when the next agrees. */
  readonly candidate: string | null
}

export interface CatalogRow {
  readonly id: number
  readonly base_url: string
  readonly key: string
  readonly synced_at: number
  readonly changed_at: number
  readonly complete_from: number
  readonly hidden: string
  readonly tag: string
  readonly doubts: Doubts
}

export interface ModelRow {
  readonly id: string
  /** In the list, newest first. */
  readonly place: number
  readonly json: string
}

export interface AliasRow {
  readonly alias: string
  /** The model's id; null for a name that stands for none. */
  readonly model: string | null
  readonly asked_at: number
  /** What the last question was answered with, if that is not what is known: an id, or '' for none. */
  readonly doubt: string | null
}

/** A name that was in use. */
export interface PastNameRow {
  readonly name: string
  /** The model that it stood for last: for a model that is listed no longer, its own id. */
  readonly model: string
  readonly since: number
  /** The text of a model that is listed no longer; empty for an alias. */
  readonly json: string
}

export interface PublicationRow {
  /** Of the content that KV took last, and how syncs failed then. */
  readonly tag: string | null
  readonly failing: string | null
  readonly put_at: number | null
  /** When the last put began that is under way, failed or lost; null after a success. */
  readonly tried_at: number | null
  readonly failures: number
  /** The puts of that day which did not wait for their turn. */
  readonly day: number | null
  readonly extra: number
}

/** The last list that was read. */
export interface SeenRow {
  /** What it was like; empty where it did not agree with what is known, or came in pages. */
  readonly mark: string
  readonly synced_at: number
  /** How many were known after it. */
  readonly models: number
  /** When the next alias is due. */
  readonly aliases_at: number
}

/** A change as it is served, with what it is found by. */
interface ChangeText {
  readonly kind: string
  readonly model_id: string
  readonly json: string
}

type Row = Readonly<Record<string, unknown>>

/** Reads what is asked for; writes nothing. */
export class Rows {
  readonly #sql: Storage['sql']

  constructor({ sql }: Storage) {
    this.#sql = sql
  }

  keeper(): KeeperRow {
    const row = this.#one(`SELECT * FROM keeper`) as Row & { readonly failure: string | null }
    return { ...row, failure: JSON.parse(row.failure ?? 'null') } as unknown as KeeperRow
  }

  publication(): PublicationRow {
    return this.#one(`SELECT * FROM publication`) as unknown as PublicationRow
  }

  seen(): SeenRow | undefined {
    return this.#one(`SELECT * FROM seen`) as SeenRow | undefined
  }

  /**
   * Whether the last list that was read had this mark, and nothing has happened since. Earlier code writes
   * `synced_at` and no mark: what it has seen meanwhile makes the mark worth nothing.
   */
  agreesOn(mark: string, hidden: string): boolean {
    const query = `SELECT 1 FROM seen
      JOIN keeper ON keeper.candidate IS NULL
      JOIN catalogs ON catalogs.id = keeper.catalog AND catalogs.synced_at = seen.synced_at
      WHERE seen.mark = ? AND catalogs.hidden = ? AND catalogs.doubts = ?`
    return this.#one(query, mark, hidden, JSON.stringify(noDoubts)) !== undefined
  }

  /** The catalog that is served. */
  current(): CatalogRow | undefined {
    return catalogOf(
      this.#one(`SELECT catalogs.* FROM catalogs JOIN keeper ON catalogs.id = keeper.catalog`),
    )
  }

  /** The last catalog of a source. */
  catalogOf(base_url: string, key: string): CatalogRow | undefined {
    const query = `SELECT * FROM catalogs WHERE base_url = ? AND key = ? ORDER BY id DESC LIMIT 1`
    return catalogOf(this.#one(query, base_url, key))
  }

  models(catalog: number): readonly ModelRow[] {
    const query = `SELECT id, place, json FROM models WHERE catalog = ? ORDER BY place`
    return this.#all(query, catalog) as unknown as readonly ModelRow[]
  }

  /** Their ids, newest first. */
  ids(catalog: number): readonly string[] {
    const rows = this.#all(`SELECT id FROM models WHERE catalog = ? ORDER BY place`, catalog)
    return rows.map(({ id }) => id as string)
  }

  aliases(catalog: number): readonly AliasRow[] {
    const query = `SELECT alias, model, asked_at, doubt FROM aliases WHERE catalog = ?`
    return this.#all(query, catalog) as unknown as readonly AliasRow[]
  }

  /** Those that ended last come first. */
  pastNames(catalog: number): readonly PastNameRow[] {
    const query = `SELECT name, model, since, json FROM past_names WHERE catalog = ?
      ORDER BY since DESC, name`
    return this.#all(query, catalog) as unknown as readonly PastNameRow[]
  }

  /** Newest first. */
  changes(catalog: number): readonly ChangeText[] {
    const query = `SELECT kind, model_id, json FROM changes WHERE catalog = ? ORDER BY place DESC`
    return this.#all(query, catalog) as unknown as readonly ChangeText[]
  }

  /** Of all catalogs: positions are given once. */
  lastPosition(): number {
    return this.#last(`SELECT MAX(place) AS last FROM changes`)
  }

  /** When the public last saw something else, of whatever catalog; 0 before it saw anything. */
  lastChange(): number {
    return this.#last(`SELECT MAX(changed_at) AS last FROM catalogs WHERE tag <> ''`)
  }

  /** SQL has NULL for the last of none, and for `Number` that is 0. */
  #last(query: string): number {
    return Number(this.#one(query)?.['last'])
  }

  #all(query: string, ...bindings: (string | number)[]): readonly Row[] {
    return this.#sql.exec(query, ...bindings).toArray()
  }

  #one(query: string, ...bindings: (string | number)[]): Row | undefined {
    return this.#all(query, ...bindings)[0]
  }
}

function catalogOf(row: Row | undefined): CatalogRow | undefined {
  if (!row) return undefined
  const doubts = { ...noDoubts, ...(JSON.parse(row['doubts'] as string) as Partial<Doubts>) }
  return { ...row, doubts } as unknown as CatalogRow
}
