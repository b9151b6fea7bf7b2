import type { View } from './catalog/view.ts'
import { PERIOD_MS } from './freshness.ts'
import { type Answer, jsonAnswer } from './http/answer.ts'
import type { SyncStatus } from './sync/status.ts'

/** How the service is, for people and their monitors: 200 as long as there is something to serve. */
export function healthAnswer(
  view: View | undefined,
  status: SyncStatus | undefined,
  now: Date,
): Promise<Answer> {
  const synced = view?.snapshot.synced_at
  const well = !status && view?.standing === 'fresh' && view.models.length > 0
  const body = {
    status: view ? (well ? 'ok' : 'degraded') : 'down',
    synced_at: synced ?? null,
    age_seconds: synced ? Math.max(0, Math.round((Number(now) - Date.parse(synced)) / 1000)) : null,
    sync_period_seconds: PERIOD_MS / 1000,
    models: view?.models.length ?? 0,
    last_failure: status
      ? {
          reason: status.reason,
          at: status.failed_at,
          in_a_row: status.failures,
          next_try: status.next_at,
        }
      : null,
  }
  return jsonAnswer(JSON.stringify(body), { status: view ? 200 : 503, policy: 'never' })
}
