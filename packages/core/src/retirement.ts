import { refuseUnless } from './api-error.ts'
import type { ModelInfo } from './model.ts'

/** What a program that uses a model should know today. */
export type RetirementStatus =
  | { readonly status: 'active' | 'retired' | 'unknown' }
  /** Days are counted in full or begun: 1 on the last day. No `daysLeft` where no date is set. */
  | { readonly status: 'deprecated'; readonly daysLeft?: number; readonly retiresAt?: Date }
  /** The date has passed, and the model still answers. */
  | { readonly status: 'overdue'; readonly retiresAt: Date }

/**
 * Where a model stands at the time `now`. The API's `lifecycle` decides; dates never retire a model.
 * Look the model up by its exact id; one that is not found (undefined) is `unknown`.
 *
 * @throws {ApiError} 400, on a `now` that is no date.
 *
 * @example
 * ```ts
 * import { type ModelInfo, retirementStatus } from '@models-edge/core'
 *
 * declare const model: ModelInfo // as `getModel` gives it
 * const standing = retirementStatus(model, new Date())
 * if (standing.status === 'deprecated') console.log('days left:', standing.daysLeft)
 * ```
 */
export function retirementStatus(
  model: Pick<ModelInfo, 'lifecycle' | 'retires_at'> | undefined,
  now: Date | number,
): RetirementStatus {
  refuseUnless(!Number.isNaN(Number(now)), 'now: expected a valid date')
  if (!model) return { status: 'unknown' }
  const lifecycle = model.lifecycle ?? 'active'
  if (lifecycle === 'active') return { status: 'active' }
  if (lifecycle === 'retired') return { status: 'retired' }
  if (lifecycle !== 'deprecated') return { status: 'unknown' }
  const retiresAt = new Date(model.retires_at ?? NaN)
  const daysLeft = Math.ceil((Number(retiresAt) - Number(now)) / 86_400_000)
  if (Number.isNaN(daysLeft)) return { status: 'deprecated' }
  return daysLeft > 0
    ? { status: 'deprecated', daysLeft, retiresAt }
    : { status: 'overdue', retiresAt }
}
