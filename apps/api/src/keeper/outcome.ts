import type { Committed } from './commit.ts'
import type { Published } from './publish.ts'
import type { Unknown } from './restore.ts'
import type { SyncFailure } from '../snapshot/snapshot.ts'

/** How a knock ended. */
export type Outcome =
  | { readonly kind: 'synced'; readonly committed: Committed; readonly published: Published }
  /** Swept, and served, but not kept: nobody knows yet what KV holds. */
  | {
      readonly kind: 'provisional'
      readonly reason: Unknown['reason']
    }
  | {
      readonly kind: 'failed'
      readonly failure: SyncFailure
      readonly message: string | undefined
      readonly published: Published
    }
  | { readonly kind: 'backing off'; readonly because: string; readonly published: Published }
  /** Later code has made the tables: they are served, and not written. */
  | { readonly kind: 'later schema' }

/** What the log says of it. */
export function lineOf(outcome: Outcome): Readonly<Record<string, unknown>> {
  switch (outcome.kind) {
    case 'synced': {
      const { changes, doubted } = outcome.committed
      const word = doubted > 0 ? 'doubted' : changes > 0 ? 'written' : 'unchanged'
      return { outcome: word, changes, ...(doubted > 0 && { doubted }), ...put(outcome.published) }
    }
    case 'provisional':
      return { outcome: 'provisional', reason: outcome.reason }
    case 'failed': {
      const { failure, message, published } = outcome
      const { failures, reason } = failure
      return { outcome: 'failed', reason, message, failures, ...put(published) }
    }
    case 'backing off': {
      const { because, published } = outcome
      return { outcome: 'skipped', reason: 'backing_off', because, ...put(published) }
    }
    case 'later schema':
      return { outcome: 'skipped', reason: 'later_schema' }
    default:
      return outcome satisfies never
  }
}

function put(published: Published): object {
  switch (published.kind) {
    case 'put':
      return { published: published.cause }
    case 'failed':
      return { published: 'failed' }
    case 'not due':
      return {}
    default:
      return published satisfies never
  }
}
