import * as before from '../../before/compose.js'
import * as now from '@models-edge/api/compose'
import type { Fault } from '../weather/fault.ts'

/** The shipped code: what is deployed anew, and what stood there before. */
export type Code = Pick<typeof now, 'composeKeeper' | 'composeWorker'>

const ROLLED_BACK = 0.4

/** What a run begins with. */
export function firstCode(beginsWith: 'before' | 'now'): Code {
  return beginsWith === 'now' ? now : before
}

/** What a deployment brings: the code as it is now, or, when it is rolled back, the one before. */
export function codeOf({ strength }: Fault): Code {
  return strength < ROLLED_BACK ? before : now
}
