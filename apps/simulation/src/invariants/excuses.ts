import type { FaultKind } from '../weather/fault.ts'

/** What is written is seen everywhere after this, where absence is not cached any more. */
export const SHOWN_MS = 150_000

/** What excuses somebody who asked KV. */
export const ofKv: readonly FaultKind[] = [
  'kv down',
  'kv hangs',
  'kv slow',
  'kv crawls',
  'kv lies',
  'kv spoiled',
  'kv spread',
  'kv lost',
  'requests cancelled',
]

/** What excuses somebody who asked the Keeper. */
export const ofKeeper: readonly FaultKind[] = [
  'keeper away',
  'keeper killed',
  'keeper lost',
  'keeper old',
  'keeper quota',
  'keeper short',
  'keeper slow',
  'storage refuses',
  'requests cancelled',
]
