import { SNAPSHOT_KEY } from '../snapshot/coding.ts'
import type { Kv } from '../platform/bindings.ts'
import type { Platform } from '../platform/platform.ts'
import { withinTime } from '../platform/within-time.ts'
import { CRON_MS, EXTRA_PUTS, PUBLISH_MS, PUT_LIMIT_MS, SLACK_MS, turnOf } from '../timing.ts'
import { snapshotText } from './content.ts'
import { type CatalogRow, type KeeperRow, type PublicationRow, Rows } from './rows.ts'
import type { Visibility } from './seal.ts'
import type { Storage } from './storage.ts'

/** Why a snapshot goes to KV: the public sees something else, syncs fail otherwise, or it is time. */
type Cause = 'change' | 'rhythm' | 'status'

/** What became of it. A put whose end is not known counts as failed: it is done again. */
export type Published =
  | { readonly kind: 'failed' | 'put'; readonly cause: Cause }
  | { readonly kind: 'not due' }

interface Parts {
  readonly storage: Storage
  readonly kv: Kv
  readonly visibility: Visibility
  readonly platform: Platform
}

const DAY_MS = 86_400_000

/** KV takes one write a second of a key. */
const PUT_GAP_MS = 1100

/** So many characters of what KV says are logged. */
const MAX_MESSAGE = 200

/** Writes all that is served as one value of KV, where it is due. */
export async function publish({ kv, platform, storage, visibility }: Parts): Promise<Published> {
  const rows = new Rows(storage)
  const catalog = rows.current()
  const cause = catalog && dueBecause(rows, catalog, platform.now())
  if (!cause) return { kind: 'not due' }
  const { put_at, tried_at } = rows.publication()
  const wait = Math.max(put_at ?? 0, tried_at ?? 0) + PUT_GAP_MS - platform.now()
  if (wait > 0 && wait <= PUT_GAP_MS) await platform.sleep(wait)

  const now = platform.now()
  // Nobody else has written meanwhile: the Keeper does one thing at a time.
  const text = snapshotText(rows, catalog, visibility.isHidden, now)
  const failing = failingOf(rows.keeper())
  noteTry(storage, rows.publication(), now)
  try {
    await withinTime(platform, PUT_LIMIT_MS, kv.put(SNAPSHOT_KEY, text))
  } catch (error) {
    // KV is never told the key, and its words may be long.
    const message = String(error).slice(0, MAX_MESSAGE)
    platform.log({ event: 'publish', outcome: 'failed', message })
    storage.sql.exec(`UPDATE publication SET failures = failures + 1`)
    return { kind: 'failed', cause }
  }
  storage.sql.exec(
    `UPDATE publication SET tag = ?, failing = ?, put_at = ?, tried_at = NULL, failures = 0`,
    catalog.tag,
    failing,
    now,
  )
  return { kind: 'put', cause }
}

/** Why it is due, if it is, within what a day may cost. */
function dueBecause(rows: Rows, catalog: CatalogRow, now: number): Cause | undefined {
  const { day, extra, failing, failures, put_at, tag, tried_at } = rows.publication()
  if (failures > 0) {
    // Never longer than the rhythm: a KV that is well again is not left waiting.
    const patience = Math.min(CRON_MS * 2 ** Math.min(failures - 1, 10), PUBLISH_MS)
    if (Math.abs(now - (tried_at ?? 0)) < patience - SLACK_MS) return undefined
  }
  if (isSteady({ put_at, tried_at }, now)) return 'rhythm'
  const spent = day === Math.floor(now / DAY_MS) ? extra : 0
  if (tag !== catalog.tag && spent < EXTRA_PUTS) return 'change'
  // How syncs fail can change with each of them: half is left for what is news.
  if (failing !== failingOf(rows.keeper()) && spent < EXTRA_PUTS / 2) return 'status'
  return failures > 0 && spent < EXTRA_PUTS ? 'rhythm' : undefined
}

/** Whether it is the first one in its five minutes: whatever happens, this is the rhythm. */
function isSteady(
  { put_at, tried_at }: Pick<PublicationRow, 'put_at' | 'tried_at'>,
  now: number,
): boolean {
  return ![put_at, tried_at].some(
    (time) => turnOf(PUBLISH_MS, time ?? 0) === turnOf(PUBLISH_MS, now),
  )
}

function noteTry({ sql }: Storage, row: PublicationRow, now: number): void {
  const day = Math.floor(now / DAY_MS)
  const spent = row.day === day ? row.extra : 0
  const extra = spent + (isSteady(row, now) ? 0 : 1)
  sql.exec(`UPDATE publication SET tried_at = ?, day = ?, extra = ?`, now, day, extra)
}

function failingOf({ failure }: KeeperRow): string {
  return failure?.reason ?? ''
}
