import { type Answer, textAnswer } from '../../http/answer.ts'
import { badRequest } from '../../http/client-error.ts'
import { tagOf } from '../../snapshot/tag.ts'
import { knownName } from '../known-name.ts'
import { modelPath } from '../model-path.ts'
import { unknownModel } from '../model.ts'
import type { PublicView } from '../public-view.ts'
import { calendarText, escaped } from './calendar-lines.ts'
import { type Retirement, retirementsOf } from './retirements.ts'

const DAY_MS = 86_400_000
const MAX_NAME = 256

/** Sequence numbers are seconds since then: they rise with each date, also when a history has forgotten some. */
const SEQUENCES_FROM = Date.UTC(2020, 0)

/** The retirements as a calendar to subscribe to (RFC 5545, RFC 7986): all of them, or a model's own. */
export async function calendarAnswer(
  view: PublicView,
  query: URLSearchParams,
  address: string | undefined,
): Promise<Answer> {
  const wanted = modelIn(query)
  const model = wanted === undefined ? undefined : knownName(view, wanted)
  if (wanted !== undefined && !model) return unknownModel(wanted, view)
  const retirements = retirementsOf(view).filter(
    ({ id }) => !model || id === model.id.toWellFormed(),
  )
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//models-edge//Retirements//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'NAME:Claude retirements',
    'X-WR-CALNAME:Claude retirements',
    ...(address === undefined ? ['DESCRIPTION:This copy does not know its own address.'] : []),
    // Both: some clients know one, some the other.
    'REFRESH-INTERVAL;VALUE=DURATION:PT12H',
    'X-PUBLISHED-TTL:PT12H',
    ...retirements.flatMap((retirement) => eventOf(retirement, address)),
    'END:VCALENDAR',
  ]
  const { changedAt, headers: shared } = view
  const type = 'text/calendar; charset=utf-8'
  return textAnswer(calendarText(lines), type, { policy: 'data', changedAt, shared })
}

function modelIn(query: URLSearchParams): string | undefined {
  const [name, ...more] = query.getAll('model')
  if (more.length > 0) throw badRequest('model: Input should be given only once')
  if (name === undefined || (name !== '' && name.length <= MAX_NAME)) return name
  throw badRequest(`model: Input should have 1 to ${MAX_NAME} characters`)
}

/** An event of the whole day, for everybody's own day: it has no time zone. */
function eventOf(
  { day, id, isWithdrawn, name, setAt }: Retirement,
  address: string | undefined,
): readonly string[] {
  const stamp = stampOf(setAt)
  const sequence = Math.max(0, Math.floor((setAt - SEQUENCES_FROM) / 1000))
  const words = `${name} retires`
  const event = [
    'BEGIN:VEVENT',
    // Of the model and not of its date: a date that moves moves the event.
    `UID:${tagOf(id)}.retirement@models-edge`,
    `DTSTAMP:${stamp}`,
    `LAST-MODIFIED:${stamp}`,
    `SEQUENCE:${Math.min(sequence, 2 ** 31 - 1)}`,
    `DTSTART;VALUE=DATE:${dateOf(day)}`,
    `DTEND;VALUE=DATE:${dateOf(day + DAY_MS)}`,
    `SUMMARY:${escaped(words)}`,
    `DESCRIPTION:${escaped(id)}`,
    ...(address === undefined ? [] : [`URL:${address}${modelPath(id)}`]),
    `STATUS:${isWithdrawn ? 'CANCELLED' : 'CONFIRMED'}`,
    'TRANSP:TRANSPARENT',
  ]
  const alarms = isWithdrawn ? [] : [30, 7].flatMap((days) => alarmOf(days, words))
  return [...event, ...alarms, 'END:VEVENT']
}

function alarmOf(days: number, words: string): readonly string[] {
  return [
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `TRIGGER:-P${days}D`,
    `DESCRIPTION:${escaped(`${words} in ${days} days`)}`,
    'END:VALARM',
  ]
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10).replaceAll('-', '')
}

function stampOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
}
