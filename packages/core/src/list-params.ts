import { refuseUnless } from './api-error.ts'
import type { Lifecycle } from './model.ts'

export const DEFAULT_LIMIT = 20
export const MAX_LIMIT = 1000
export const LIFECYCLES: readonly Lifecycle[] = ['active', 'deprecated', 'retired']

interface Filter {
  /** How many models a page holds: 1 to 1000, 20 unless told. */
  readonly limit?: number | undefined
  /** Only models of these lifecycles. Unless told, all but the retired ones. */
  readonly lifecycle?: readonly Lifecycle[] | undefined
}

/** What a list can be asked for. A page lies after one model or before one, never both. */
export type ListParams = Filter &
  (
    | { readonly after_id?: string | undefined; readonly before_id?: undefined }
    | { readonly after_id?: undefined; readonly before_id?: string | undefined }
  )

/** Throws an `ApiError` on what the API would refuse. */
export function checkListParams(params: ListParams): void {
  const { limit = 1, lifecycle = [], after_id, before_id } = params
  refuseUnless(
    Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT,
    `limit: expected an integer from 1 to ${MAX_LIMIT}`,
  )
  refuseUnless(
    Array.isArray(lifecycle) &&
      lifecycle.length <= 3 &&
      lifecycle.every((value) => LIFECYCLES.includes(value)),
    `lifecycle: expected up to three of ${LIFECYCLES.join()}`,
  )
  refuseUnless(
    after_id === undefined || before_id === undefined,
    'after_id, before_id: expected one of the two',
  )
}
