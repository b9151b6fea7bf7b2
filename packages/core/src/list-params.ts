import { checkLifecycles } from './lifecycles.ts'
import type { Lifecycle } from './model.ts'
import { checkPageParams, type PageParams } from './page-params.ts'

interface Filter {
  /** Only models of these lifecycles. Unless told, all but the retired ones. */
  readonly lifecycle?: readonly Lifecycle[] | undefined
}

/** What a list of models can be asked for. */
export type ListParams = PageParams & Filter

/** Throws an `ApiError` on what the API would refuse. */
export function checkListParams(params: ListParams): void {
  checkPageParams(params)
  checkLifecycles(params.lifecycle)
}
