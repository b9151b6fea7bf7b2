import type { Change } from '@models-edge/core'
import { commitList, type Committed, type Moment } from '../../src/keeper/commit.ts'
import { commitFailure } from '../../src/keeper/commit-failure.ts'
import { contentOf } from '../../src/keeper/content.ts'
import { type Reason, SyncError } from '../../src/keeper/failure.ts'
import { type CatalogRow, Rows } from '../../src/keeper/rows.ts'
import type { Visibility } from '../../src/keeper/seal.ts'
import type { Storage } from '../../src/keeper/storage.ts'
import { openTables } from '../../src/keeper/tables.ts'
import { encodeContent, tagOfContent } from '../../src/snapshot/coding.ts'
import { hiddenBy } from '../../src/snapshot/hidden.ts'
import type { StoredModel } from '../../src/snapshot/model.ts'
import type { Alias, Source, SyncFailure } from '../../src/snapshot/snapshot.ts'
import { modelsOf, NOW } from './snapshots.ts'
import { sqliteStorage } from './sqlite.ts'
import { UPSTREAM } from './upstream.ts'

export const SOURCE: Source = { base_url: UPSTREAM, key: '01234567' }

export function visibilityOf(hidden = ''): Visibility {
  return { hidden, isHidden: hiddenBy(hidden) }
}

/** What a Keeper's storage holds, and how much was written there. */
export class Tables {
  readonly storage: Storage
  readonly rows: Rows

  constructor(storage = sqliteStorage()) {
    this.storage = storage
    openTables(storage)
    this.rows = new Rows(storage)
  }

  /** A sweep that found these models, at a time in milliseconds. */
  commit(
    models: string | readonly StoredModel[],
    given: Partial<Moment> & { readonly hidden?: string; readonly source?: Source } = {},
  ): Committed {
    const { hidden = '', now = NOW, source = SOURCE } = given
    const { began = now, random = () => 0 } = given
    const listed = typeof models === 'string' ? modelsOf(models) : models
    const swept = { source, models: listed, mark: '' }
    return commitList(this.storage, visibilityOf(hidden), swept, { began, now, random })
  }

  /** A sweep that failed. */
  fail(reason: Reason = 'empty', now = NOW): SyncFailure {
    return commitFailure(this.storage, new SyncError(reason, `It is ${reason}`), now)
  }

  /** The catalog that is served. */
  get catalog(): CatalogRow {
    const catalog = this.rows.current()
    if (!catalog) throw new Error('there is no catalog yet')
    return catalog
  }

  /** The ids of its models, separated by spaces. */
  get ids(): string {
    const models = this.rows.models(this.catalog.id)
    return models.map(({ id }) => id).join(' ')
  }

  /** What the public sees. */
  content(hidden = ''): string {
    return encodeContent(contentOf(this.rows, this.catalog, visibilityOf(hidden).isHidden))
  }

  /** What names it. */
  tagOfContent(hidden = ''): string {
    return tagOfContent(contentOf(this.rows, this.catalog, visibilityOf(hidden).isHidden))
  }

  /** The same, to look into. */
  shown(hidden = ''): {
    readonly models: readonly string[]
    readonly aliases: readonly Alias[]
    readonly changes: readonly Change[]
  } {
    return JSON.parse(this.content(hidden)) as ReturnType<Tables['shown']>
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
