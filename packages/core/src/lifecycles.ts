import { refuseUnless } from './api-error.ts'
import type { Lifecycle } from './model.ts'

export const LIFECYCLES: readonly Lifecycle[] = ['active', 'deprecated', 'retired']

/** Throws an `ApiError` on a filter that the API would refuse. */
export function checkLifecycles(lifecycle: readonly Lifecycle[] = []): void {
  refuseUnless(
    Array.isArray(lifecycle) &&
      lifecycle.length <= 3 &&
      lifecycle.every((value) => LIFECYCLES.includes(value)),
    `lifecycle: expected up to three of ${LIFECYCLES.join()}`,
  )
}

/** Which models a list of these lifecycles shows: unless told, all but the retired ones. */
export function ofLifecycles(
  lifecycle: readonly Lifecycle[] = [],
): (model: { readonly lifecycle?: string | null | undefined }) => boolean {
  checkLifecycles(lifecycle)
  const wanted: readonly string[] = lifecycle
  return (model) => {
    const lived = model.lifecycle ?? 'active'
    return wanted.length > 0 ? wanted.includes(lived) : lived !== 'retired'
  }
}
