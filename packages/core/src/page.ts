import type { ModelInfo } from './model.ts'

/** One page of a list, as the API writes it: newest first, whichever way it was reached. */
export interface Page<Item = ModelInfo> {
  readonly data: readonly Item[]
  /** Whether more lies in the direction that was asked for. */
  readonly has_more: boolean
  readonly first_id: string | null
  readonly last_id: string | null
}
