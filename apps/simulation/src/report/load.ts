import { JITTER_MS, MAX_AGE_SECONDS, RELOAD_MS } from '@models-edge/api/timing'
import { busyness } from '../people/busyness.ts'
import { targets } from '../people/callers.ts'
import type { Used } from './usage.ts'

const DAY_S = 86_400

const weights = targets.reduce((sum, { weight }) => sum + weight, 0)

const RELOAD_S = (RELOAD_MS + JITTER_MS / 2) / 1000

/**
 * What so many requests a day use, computed from a day that was simulated: a cache lets one request a
 * minute and URL pass, and an isolate asks KV once in half a minute, where they are asked so often.
 */
export function loadOf(requests: number, places: number, simulated: Used): Used {
  const total = busyness.reduce((sum, times) => sum + times, 0)
  let reached = 0
  let kvReads = 0
  for (const times of busyness) {
    const here = places / busyness.length
    const perSecond = ((requests / DAY_S) * (times / total)) / here
    const passing = targets.reduce((sum, { addresses, isNeverKept, weight }) => {
      const rate = (perSecond * weight) / weights
      return sum + (isNeverKept ? rate : rate / (1 + (rate / addresses) * MAX_AGE_SECONDS))
    }, 0)
    reached += here * passing * DAY_S
    kvReads += here * DAY_S * (passing / (1 + passing * RELOAD_S))
  }
  // What does not depend on how many ask.
  return { ...simulated, requests, reached: Math.round(reached), kvReads: Math.round(kvReads) }
}
