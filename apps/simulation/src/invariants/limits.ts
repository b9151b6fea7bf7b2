import {
  ALIAS_MS,
  CRON_MS,
  KNOCK_MS,
  MAX_BACKOFF_MS,
  MAX_RETRY_AFTER_MS,
  PUBLISH_MS,
  PUT_LIMIT_MS,
  SILENCE_MS,
  SYNC_LIMIT_MS,
} from '@models-edge/api/timing'
import type { World } from '../world.ts'

const MINUTE = 60_000

/**
 * What others of these invariants take from timing.ts, and the most that the design allows: a limit that was
 * doubled there would excuse itself.
 */
const limits = {
  ALIAS_MS: [ALIAS_MS, 60 * MINUTE],
  CRON_MS: [CRON_MS, MINUTE],
  KNOCK_MS: [KNOCK_MS, 15 * MINUTE],
  MAX_BACKOFF_MS: [MAX_BACKOFF_MS, 15 * MINUTE],
  MAX_RETRY_AFTER_MS: [MAX_RETRY_AFTER_MS, 60 * MINUTE],
  PUBLISH_MS: [PUBLISH_MS, 5 * MINUTE],
  PUT_LIMIT_MS: [PUT_LIMIT_MS, MINUTE / 6],
  SILENCE_MS: [SILENCE_MS, 30 * MINUTE],
  SYNC_LIMIT_MS: [SYNC_LIMIT_MS, MINUTE / 3],
} as const

export function checkLimits(world: World): void {
  for (const [name, [ms, most]] of Object.entries(limits)) {
    if (ms > most) world.violate('limits are as designed', `${name} is ${ms} ms, and not ${most}`)
  }
}
