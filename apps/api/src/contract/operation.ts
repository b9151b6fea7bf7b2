import type { Kind } from './headers.ts'

interface Failure {
  readonly kind: Kind
  readonly type: string
  readonly schema: object
}

/** An operation before the parts that all have in common. */
export interface Operation {
  readonly id: string
  readonly summary: string
  readonly description?: string
  readonly parameters?: readonly object[]
  readonly type: string
  readonly kind: Kind
  readonly schema: object
  readonly example?: object | string
  /** The errors that it has of its own: any path has a 400, for a host that is none. */
  readonly errors: readonly (404 | 410 | 503)[]
  /** Where an error is not as everywhere else. */
  readonly otherwise?: Readonly<Partial<Record<404 | 503, Failure>>>
}
