import { ofLifecycles } from '@models-edge/core'
import { type Answer, jsonAnswer } from '../http/answer.ts'
import { PUBLISH_MS } from '../timing.ts'
import type { PublicHeld } from './public-view.ts'

/** How the service is, for people and their monitors: 200 as long as there is something to serve. */
export function healthAnswer(held: PublicHeld, now: number): Answer {
  const view = held.kind === 'view' ? held.view : undefined
  const failure = held.kind === 'view' ? held.view.snapshot.failure : held.failure
  const synced = view?.snapshot.synced_at
  const items = view?.models.items ?? []
  const models = items.length
  const current = items.filter(ofLifecycles()).length
  const isWell = !failure && view?.standing === 'fresh' && models > 0
  const body = {
    status: view ? (isWell ? 'ok' : 'degraded') : 'down',
    synced_at: synced ?? null,
    age_seconds: synced ? Math.max(0, Math.round((now - Date.parse(synced)) / 1000)) : null,
    // What is served is renewed so often where nothing changes.
    sync_period_seconds: PUBLISH_MS / 1000,
    models,
    current_models: current,
    retired_models: models - current,
    last_failure: failure && {
      reason: failure.reason,
      at: failure.failed_at,
      in_a_row: failure.failures,
      next_try: failure.next_at,
    },
  }
  return jsonAnswer(JSON.stringify(body), { status: view ? 200 : 503, policy: 'never' })
}
