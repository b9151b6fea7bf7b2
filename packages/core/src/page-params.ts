import { refuseUnless } from './api-error.ts'

export const DEFAULT_LIMIT = 20
export const MAX_LIMIT = 1000

interface Limit {
  /** How many items a page holds: 1 to 1000, 20 unless told. */
  readonly limit?: number | undefined
}

/** Which page of a list is meant. It lies after one item or before one, never both. */
export type PageParams = Limit &
  (
    | { readonly after_id?: string | undefined; readonly before_id?: undefined }
    | { readonly after_id?: undefined; readonly before_id?: string | undefined }
  )

/** Throws an `ApiError` on what the API would refuse. */
export function checkPageParams({ limit = 1, after_id, before_id }: PageParams): void {
  refuseUnless(
    Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT,
    `limit: expected an integer from 1 to ${MAX_LIMIT}`,
  )
  refuseUnless(
    after_id === undefined || before_id === undefined,
    'after_id, before_id: expected one of the two',
  )
}
