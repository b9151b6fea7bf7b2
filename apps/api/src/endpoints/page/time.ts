import { type Html, html } from './html.ts'

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' })
const clock = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'UTC',
})

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

export function dayText(ms: number): string {
  return day.format(ms)
}

/** A moment, to which the page's script adds how long ago it was. */
export function momentOf(ms: number): Html {
  const iso = new Date(ms).toISOString()
  return html`<time datetime="${iso}" data-ago>${dayText(ms)}, ${clock.format(ms)} UTC</time>`
}
