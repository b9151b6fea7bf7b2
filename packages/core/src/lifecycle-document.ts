import type { ModelInfo } from './model.ts'

/** What a lifecycle document says of a model, also of one that is retired or no longer listed. */
export interface LifecycleModel extends Readonly<
  Pick<
    ModelInfo,
    'id' | 'display_name' | 'created_at' | 'line' | 'lifecycle' | 'deprecated_at' | 'retires_at'
  >
> {
  /** RFC 3339. Since when it is no longer listed: all else is what was last known. */
  readonly removed_at?: string | null
}

/** Names of models, by the alias that stands for them. */
export interface AliasTable {
  readonly [alias: string]: string
}

/** All that there is to know of names and their ends, as `GET /v1/lifecycle` of a models-edge has it. */
export interface LifecycleDocument {
  readonly type: 'lifecycle'
  /** Newest first; those that are no longer listed come last. */
  readonly models: readonly LifecycleModel[]
  /** What stands for a model now. */
  readonly aliases: AliasTable
  /** What stands for none any more, and the model that it stood for last. */
  readonly past_aliases: AliasTable
  /** RFC 3339. When the service saw that it stands for none any more. */
  readonly past_aliases_since: AliasTable
}
