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

/** Not by `Intl`: one format of it costs a fresh isolate more than a whole page does. */
export function dayText(ms: number): string {
  const [, day, month, year] = new Date(ms).toUTCString().split(' ')
  return `${month} ${Number(day)}, ${Number(year)}`
}

/** A moment, to which the page's script adds how long ago it was. */
export function momentOf(ms: number): Html {
  const iso = new Date(ms).toISOString()
  return html`<time datetime="${iso}" data-ago>${dayText(ms)}, ${iso.slice(11, 16)} UTC</time>`
}
