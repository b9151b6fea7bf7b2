import { type PageParams, parsePageQuery } from '@models-edge/core'
import type { Answer } from '../http/answer.ts'
import { asked, badRequest, ClientError } from '../http/client-error.ts'
import { positionOf } from '../snapshot/cursor.ts'
import { listPage } from './list-page.ts'
import type { PublicView } from './public-view.ts'

/** The page of changes that a query asks for. */
export function changesPage(view: PublicView, query: URLSearchParams): Answer {
  const params = asked(() => parsePageQuery(query))
  refuseForgotten(view, params)
  refuseAhead(view, params)
  const since = sinceIn(query)
  const start = since === undefined ? -Infinity : parseTime(since)
  return listPage(view, {
    path: '/v1/changes',
    tag: view.tags.changes,
    list: view.changes,
    params,
    // An `at` that is no date, of a model that carried none, is not left out where nothing is asked for.
    shows: ({ at }) => !(Date.parse(at) < start),
    carried: since === undefined ? [] : [['since', since]],
  })
}

/** Whoever follows from there would miss what is not in the history any more, and must be told. */
function refuseForgotten(
  { changes, headers, snapshot }: PublicView,
  { before_id }: PageParams,
): void {
  const position = before_id === undefined ? undefined : positionOf(before_id)
  if (position === undefined || position >= snapshot.complete_from) return
  const message =
    'before_id: This cursor is older than the history: changes behind it are missing. Read /v1/models anew, and follow from error.details.newest_id'
  const details = { newest_id: changes.items[0]?.id ?? null }
  throw new ClientError(410, message, { details, shared: headers })
}

/** A place that knows less than another one would leave out what lies between the two. */
function refuseAhead({ changes }: PublicView, { after_id }: PageParams): void {
  const position = after_id === undefined ? undefined : positionOf(after_id)
  const newest = positionOf(changes.items[0]?.id ?? '') ?? 0
  if (position === undefined || position <= newest) return
  throw badRequest("Invalid pagination cursor for 'after_id'")
}

function sinceIn(query: URLSearchParams): string | undefined {
  const [given, ...more] = query.getAll('since')
  if (more.length > 0) throw badRequest('since: Input should be given only once')
  // A plus sign that was not encoded arrives as a space.
  return given?.replace(/ (?=\d\d:\d\d$)/, '+')
}

function parseTime(text: string): number {
  const time = Date.parse(text)
  const [, year, month, day] =
    /^(\d{4})-(\d\d)-(\d\d)[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.exec(text) ?? []
  // A day that the month has not would be taken for one of the next month.
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  if (!Number.isNaN(time) && date.getUTCDate() === Number(day)) return time
  throw badRequest('since: Input should be a valid RFC 3339 date and time, with its offset')
}
