import type { ModelInfo, Open } from './model.ts'

/** Something that happened to a model or to its alias, as `GET /v1/changes` of a models-edge lists it. */
export interface Change {
  readonly type: 'change'
  /** Also the cursor of this change. Opaque: only the service knows its order. */
  readonly id: string
  /** What happened. The set is open: pass over what you do not know. */
  readonly change: Open<
    | 'released'
    | 'deprecated'
    | 'retired'
    | 'retirement_rescheduled'
    | 'removed'
    | 'changed'
    | 'alias_moved'
    | 'alias_ended'
  >
  /**
   * The model that it happened to. It need not be in the list any more. Of an alias: the model that it
   * stands for now, or stood for last.
   */
  readonly model_id: string
  /** RFC 3339. When the service saw it; of a seeded change, the date that the model itself carries. */
  readonly at: string
  /** The service did not see it: the model told it by its dates, when the history began. */
  readonly seeded: boolean
  /** Of a deprecation, a retirement or a new date: the retirement date, before and now. */
  readonly retires_at?: { readonly from: string | null; readonly to: string | null }
  /** Of `changed`: the names of the fields that differ. */
  readonly fields?: readonly string[]
  /**
   * Of `changed`: the fields' values, before and now, as far as they are small. Where a field was not
   * there, or is not any more, `from` or `to` is missing.
   */
  readonly values?: {
    readonly [field: string]: { readonly from?: unknown; readonly to?: unknown }
  }
  /** Of `alias_moved` and `alias_ended`: the alias, and the model that it stood for, and stands for now. */
  readonly alias?: string
  readonly stands_for?: { readonly from: string | null; readonly to: string | null }
  /** Of `removed`: the model as it was. */
  readonly model?: ModelInfo
}
