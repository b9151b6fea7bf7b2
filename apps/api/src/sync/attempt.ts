import type { Snapshot } from '../catalog/snapshot.ts'
import { SYNC_LIMIT_MS } from '../freshness.ts'
import { findAliases } from './aliases.ts'
import { seededChanges, withChanges } from './changes.ts'
import { checkModels, shrunkTo } from './guards.ts'
import { SyncError } from './reason.ts'
import { sweep } from './sweep.ts'
import type { Upstream } from './upstream.ts'

/**
 * The free plan grants an invocation 50 requests, and those to KV count, too. A sync reads what is stored
 * twice, and how syncs fail; it may list the keys, set a value aside and write both; and the request that
 * it is done for has read KV before.
 */
const MAX_REQUESTS = 50 - 8

/** A list is smaller than half of the stored one, for the first time. */
export class ShrunkError extends SyncError {
  readonly shrunk: string

  constructor(shrunk: string, was: number, is: number) {
    super('shrunk', `There are ${is} models, where there were ${was}`)
    this.shrunk = shrunk
  }
}

interface Known {
  readonly before: Snapshot | undefined
  /** The small list that the sync before did not believe. */
  readonly shrunk: string | undefined
  readonly extraAliases: readonly string[]
}

/** What upstream says now, checked against what was known; throws where it must not replace that. */
export async function attempt(
  upstream: Upstream,
  { before, shrunk, extraAliases }: Known,
  now: Date,
): Promise<Snapshot> {
  const signal = AbortSignal.timeout(SYNC_LIMIT_MS)
  const { models, pages } = await sweep(upstream, signal)
  checkModels(models)
  const small = before && (await shrunkTo(before.models, models))
  if (small !== undefined && small !== shrunk) {
    throw new ShrunkError(small, before?.models.length ?? 0, models.length)
  }
  const at = now.toISOString()
  const aliases = await findAliases(
    {
      ids: models.map(({ id }) => id),
      extra: extraAliases,
      known: before?.aliases ?? [],
      now,
      budget: MAX_REQUESTS - pages,
    },
    upstream,
    signal,
  )
  const changes = before
    ? await withChanges(before.changes, before.models, models, at)
    : await seededChanges(models, at)
  const next = { models, aliases, changes, synced_at: at }
  return { ...next, changed_at: before && sameData(before, next) ? before.changed_at : at }
}

type Data = Pick<Snapshot, 'aliases' | 'models'>

function sameData(one: Data, other: Data): boolean {
  return (
    one.models.length === other.models.length &&
    one.models.every(({ json }, index) => json === other.models[index]?.json) &&
    one.aliases.length === other.aliases.length &&
    one.aliases.every(({ alias, id }, index) => {
      const match = other.aliases[index]
      return alias === match?.alias && id === match.id
    })
  )
}
