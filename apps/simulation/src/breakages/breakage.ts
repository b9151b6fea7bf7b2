import type { FaultKind } from '../weather/fault.ts'

/** A line of the product, spoiled on purpose: the simulation must notice. */
export interface Breakage extends Edit {
  /** What is wrong then, in words. */
  readonly words: string
  /** What has to go with it. */
  readonly more?: readonly Edit[]
  /** How many faults a day, and places, where the usual ones are too few or too many. */
  readonly faults?: number
  readonly places?: number
  /** Minutes between two events upstream. */
  readonly news?: number
  /** The faults that it takes, where chance brings them together too rarely. */
  readonly only?: readonly FaultKind[]
  /** Whether it can be seen only beside a run without what is hidden. */
  readonly twin?: true
}

interface Edit {
  /** Of the API's sources. */
  readonly file: string
  readonly from: string
  readonly to: string
}
