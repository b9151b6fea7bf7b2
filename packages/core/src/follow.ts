import { readChanges } from './answer.ts'
import { refuseUnless } from './api-error.ts'
import type { Change } from './change.ts'
import type { ListParams } from './list-params.ts'
import { MAX_LIMIT } from './page-params.ts'
import { walkPages } from './page-walk.ts'
import type { Page } from './page.ts'
import { changesRequest } from './request.ts'
import { pause, type Sleep } from './timer.ts'
import type { Send } from './walk.ts'

export interface FollowOptions {
  /** The models-edge to follow. There is no default: Anthropic's API lists no changes. */
  readonly baseURL: string | URL
  /** The id of the last change that was dealt with. Without it, the whole history comes first. */
  readonly cursor?: string | null | undefined
  /** How long to wait before asking for news again. Without it, the changes end when all have come. */
  readonly everyMs?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Waits; rejects when the signal aborts. */
  readonly sleep?: Sleep | undefined
  /** So many pages at once are an error: 10,000 unless told. */
  readonly maxPages?: number | undefined
}

/**
 * The changes after the cursor, oldest first, each of them once. Keep the id of each one that you have
 * dealt with: after an error, or in the next run, it is the cursor to go on from, and none is missed.
 *
 * @throws {ApiError} 410 where the cursor is older than the service's history, and what came between is
 * lost: read the models anew (`listModels`), and then follow again, without a cursor or from the
 * `newest_id` in the error's `details`.
 * @throws What `listPages` throws.
 *
 * @example
 * ```ts
 * import { followChanges } from '@models-edge/core'
 *
 * let cursor: string | undefined // of the last run
 * for await (const change of followChanges(fetch, { baseURL: 'https://models.example', cursor })) {
 *   console.log(change.at, change.model_id, change.change)
 *   cursor = change.id
 * }
 * ```
 */
export async function* followChanges(
  send: Send,
  options: FollowOptions,
): AsyncGenerator<Change, void, undefined> {
  const { everyMs, signal = new AbortController().signal, sleep = pause } = options
  refuseUnless(everyMs === undefined || everyMs > 0, 'everyMs: expected more than 0 milliseconds')
  let cursor = options.cursor ?? undefined
  for (;;) {
    for await (const change of changesSince(cursor, send, { ...options, signal })) {
      signal.throwIfAborted()
      cursor = change.id
      yield change
    }
    if (everyMs === undefined) return
    await sleep(everyMs, signal)
  }
}

async function* changesSince(
  cursor: string | undefined,
  send: Send,
  { baseURL, headers, signal, maxPages }: FollowOptions,
): AsyncGenerator<Change, void, undefined> {
  const ask = async (next: ListParams): Promise<Page<Change>> =>
    readChanges(await send(changesRequest(next, { baseURL, headers, signal })), signal)
  const params = { limit: MAX_LIMIT, before_id: cursor }
  const older: (readonly Change[])[] = []
  for await (const { data } of walkPages(ask, params, { signal, maxPages })) {
    // Towards the newer ones, a page can be told as soon as it is there.
    if (cursor !== undefined) yield* data.toReversed()
    else older.push(data)
  }
  for (const data of older.toReversed()) yield* data.toReversed()
}
