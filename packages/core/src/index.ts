export { readLifecycle, readModel, readPage } from './answer.ts'
export {
  ApiError,
  errorBody,
  type ErrorBody,
  type ErrorDetails,
  type ErrorType,
  refuseUnless,
} from './api-error.ts'
export type { Change } from './change.ts'
export {
  type CapabilityChange,
  type ComparedCapabilities,
  type ComparedCapability,
  type ComparedLimit,
  type ComparableModel,
  type ComparedModel,
  compareModels,
  type Comparison,
  type LimitChange,
} from './comparison.ts'
export { followChanges, type FollowOptions } from './follow.ts'
export type { AliasTable, LifecycleDocument, LifecycleModel } from './lifecycle-document.ts'
export { ofLifecycles } from './lifecycles.ts'
export { type Limits, withLimits } from './limits.ts'
export type { ListParams } from './list-params.ts'
export { parseListQuery } from './list-query.ts'
export type { Capabilities, Lifecycle, ModelInfo, Open, Support, SupportGroup } from './model.ts'
export { Nearest } from './nearest.ts'
export { DEFAULT_LIMIT, MAX_LIMIT, type PageParams } from './page-params.ts'
export { parsePageQuery } from './page-query.ts'
export type { Page } from './page.ts'
export { PagedList, type Place } from './paged-list.ts'
export { newRequestId } from './request-id.ts'
export { getRequest, listRequest, type RequestOptions } from './request.ts'
export { retryAfterMs } from './retry-hint.ts'
export { retirementStatus, type RetirementStatus } from './retirement.ts'
export { type RetryOptions, withRetries } from './retries.ts'
export { type ModelStanding, type Standing, standingOf } from './standing.ts'
export { getModel, listModels, listPages, type Send, type WalkOptions } from './walk.ts'
