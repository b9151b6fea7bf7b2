import { type Html, html } from './html.ts'

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' })
const clock = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'UTC',
})

/** A date and time as milliseconds, where it is one. */
export function parsed(time: string | null | undefined): number | undefined {
  const ms = Date.parse(time ?? '')
  return Number.isNaN(ms) ? undefined : ms
}

/** A day: `Nov 30, 2026`. */
export function dayOf(ms: number): Html {
  return html`<time datetime="${new Date(ms).toISOString()}">${day.format(ms)}</time>`
}

/** A moment, to which the page's script adds how long ago it was. */
export function momentOf(ms: number): Html {
  const iso = new Date(ms).toISOString()
  return html`<time datetime="${iso}" data-ago>${day.format(ms)}, ${clock.format(ms)} UTC</time>`
}
