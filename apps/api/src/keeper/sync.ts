import { abortAfter } from '../platform/abort-after.ts'
import type { Kv } from '../platform/bindings.ts'
import type { Platform } from '../platform/platform.ts'
import type { SingleFlight } from '../platform/single-flight.ts'
import { SYNC_LIMIT_MS } from '../timing.ts'
import { askAliases, candidates, commitAliases, dueAliases, nextDueAt } from './aliases.ts'
import { commitList, type Committed } from './commit.ts'
import { commitFailure } from './commit-failure.ts'
import { ownWords, SyncError } from './failure.ts'
import type { Outcome } from './outcome.ts'
import { holdProvisionally } from './provisional.ts'
import { publish, type Published } from './publish.ts'
import { findOrigin, restoreFromKv, type Unknown } from './restore.ts'
import { Rows } from './rows.ts'
import type { Visibility } from './seal.ts'
import { commitSame, markOf, mayAskAliases, noteAliases } from './seen.ts'
import type { Storage } from './storage.ts'
import { sweep } from './sweep.ts'
import type { Upstream } from './upstream.ts'

export interface SyncParts {
  readonly storage: Storage
  readonly kv: Kv
  readonly upstream: Upstream
  readonly visibility: Visibility
  readonly extraAliases: readonly string[]
  readonly platform: Platform
  readonly listFlight: SingleFlight<Listed>
}

/** What became of the list: what a first copy waits for. */
type Listed =
  | { readonly kind: 'committed'; readonly committed: Committed }
  | { readonly kind: 'provisional'; readonly reason: Unknown['reason'] }

/** Brings what is kept up to date with upstream, or leaves it as it is and notes why. */
export async function sync(parts: SyncParts): Promise<Outcome> {
  const { listFlight, platform, storage } = parts
  const began = platform.now()
  const limit = abortAfter(platform, SYNC_LIMIT_MS, tooSlow)
  try {
    const listed = await listFlight.run(() => list(parts, limit.signal))
    if (listed.kind !== 'committed') return listed
    const published = await publish(parts)
    const isNews = await findAliases(parts, limit.signal)
    const again: Published = isNews ? await publish(parts) : { kind: 'not due' }
    const { committed } = listed
    return { kind: 'synced', committed, published: again.kind === 'not due' ? published : again }
  } catch (error) {
    await restoreFromKv(parts)
    const failure = commitFailure(storage, error, platform.now(), began)
    return { kind: 'failed', failure, message: ownWords(error), published: await publish(parts) }
  } finally {
    limit.end()
  }
}

async function list(parts: SyncParts, signal: AbortSignal): Promise<Listed> {
  const { platform, storage, upstream, visibility } = parts
  const { now, random } = platform
  const began = now()
  const answer = await upstream.list(signal)
  const source = await upstream.source()
  const mark = markOf(answer.digest, source, visibility, parts.extraAliases)
  if (new Rows(storage).agreesOn(mark, visibility.hidden)) {
    commitSame(storage, { began, now: now() })
    return { kind: 'committed', committed: { changes: 0, doubted: 0 } }
  }
  const { isOnePage, models } = await sweep(answer.pages())
  const swept = { source, models, mark: isOnePage ? mark : '' }
  // Only then: a Keeper with nothing, whose upstream fails, would ask KV too often.
  const origin = await findOrigin(parts)
  if (origin.kind === 'unknown') {
    holdProvisionally(storage, swept, visibility, began, now())
    return { kind: 'provisional', reason: origin.reason }
  }
  const committed = commitList(storage, visibility, swept, { began, now: now(), random })
  return { kind: 'committed', committed }
}

/** Gives whether the public sees something else. The list is kept already: what is asked for here can fail. */
async function findAliases(parts: SyncParts, signal: AbortSignal): Promise<boolean> {
  const { extraAliases, platform, storage, upstream, visibility } = parts
  const rows = new Rows(storage)
  if (!mayAskAliases(rows, platform.now())) return false
  const catalog = rows.current()
  if (!catalog) return false
  const names = candidates(rows.ids(catalog.id), extraAliases).filter(
    (name) => !visibility.isHidden(name),
  )
  const due = dueAliases(names, rows.aliases(catalog.id), platform.now())
  const answers = await askAliases(due, upstream, signal)
  const isNews = commitAliases(storage, visibility, names, answers, {
    now: platform.now(),
    random: platform.random,
  })
  noteAliases(storage, nextDueAt(names, rows.aliases(catalog.id), platform.now()))
  return isNews
}

function tooSlow(): SyncError {
  return new SyncError('timeout', `The sync took more than ${SYNC_LIMIT_MS} ms`)
}
