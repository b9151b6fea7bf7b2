import { type Html, html } from './html.ts'

const DAY_MS = 86_400_000
const YEAR_10000 = Date.UTC(10_000, 0)

/** A time as milliseconds, where it is one that somebody meant: an epoch value says that nobody knows. */
export function knownTime(time: unknown): number | undefined {
  const ms = typeof time === 'string' ? Date.parse(time) : NaN
  return ms > DAY_MS && ms < YEAR_10000 ? ms : undefined
}

/** A day: `Nov 30, 2026`. */
export function dayOf(ms: number): Html {
  return html`<time datetime="${new Date(ms).toISOString()}">${dayText(ms)}</time>`
}

/** The same, where it may not be known. */
export function dayOrNone(ms: number | undefined): Html | string {
  return ms === undefined ? '–' : dayOf(ms)
}

/** Not by `Intl`: one format of it costs a fresh isolate more than a whole page does. */
export function dayText(ms: number): string {
  const [, day, month, year] = new Date(ms).toUTCString().split(' ')
  return `${month} ${Number(day)}, ${Number(year)}`
}

const MONTHS =
  'January February March April May June July August September October November December'.split(' ')

/** The same in full, for who has no table beside it: `30 November 2026`. */
export function longDayText(ms: number): string {
  const date = new Date(ms)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** Days are counted in full or begun, as everywhere: 1 on the last day. */
export function daysUntil(ms: number, now: number): number {
  return Math.ceil((ms - now) / DAY_MS)
}

/** A moment, to which the page's script adds how long ago it was. */
export function momentOf(ms: number): Html {
  const iso = new Date(ms).toISOString()
  return html`<time datetime="${iso}" data-ago>${dayText(ms)}, ${iso.slice(11, 16)} UTC</time>`
}
