import type { kinds } from './kinds.ts'

export type FaultKind = keyof typeof kinds

/** Something that goes wrong for a while. A fault that lasts no time happens once. */
export interface Fault {
  readonly kind: FaultKind
  readonly from: number
  readonly until: number
  /** The places that it is in; undefined for everywhere. */
  readonly places: readonly number[] | undefined
  /** How strong it is, from 0 to 1: each kind takes it for what it needs. */
  readonly strength: number
}
