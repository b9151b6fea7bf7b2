import type { Change } from '@models-edge/core'
import type { StoredModel } from './model.ts'

/** A name that stands for a model. */
export interface Alias {
  readonly alias: string
  readonly id: string
}

/** A name that was in use: an alias, or the id of a model that is listed no longer. */
export interface PastName {
  readonly name: string
  /** The model that it stood for last. Of a model itself, its own id. */
  readonly id: string
  /** When a sync saw that it is in use no longer. */
  readonly since: string
  /** Of a model, its text as it was. */
  readonly json?: string
}

/** Where models come from. Another source is another catalog. */
export interface Source {
  readonly base_url: string
  /** A few digits that tell one key from another, and nothing of either. */
  readonly key: string
}

/** How syncs fail at present. A sync that succeeds leaves none. */
export interface SyncFailure {
  readonly reason: string
  readonly failed_at: string
  /** How many syncs in a row. */
  readonly failures: number
  /** Before then, upstream is left alone. */
  readonly next_at: string
}

/** What the public sees of the models. */
export interface Content {
  /** Newest first, as upstream lists them. */
  readonly models: readonly StoredModel[]
  readonly aliases: readonly Alias[]
  /** Newest first, by their positions. */
  readonly changes: readonly Change[]
  /** Behind this position, no change is missing. */
  readonly complete_from: number
  /** Those that ended last come first. */
  readonly past_names: readonly PastName[]
}

/** What is known of the content, and of what the Keeper does. */
export interface Head {
  /** Of two snapshots, the one with the higher number is the later one, whatever clocks say. */
  readonly revision: number
  readonly source: Source
  readonly written_at: string
  /** When upstream said all of this. */
  readonly synced_at: string
  /** When the content last changed. */
  readonly changed_at: string
  readonly failure: SyncFailure | null
  /** Names for the models, the aliases and the changes, joined by hyphens. Earlier code gave none. */
  readonly tag?: string
}

/** All that is served, as of one sync. */
export type Snapshot = Head & Content
