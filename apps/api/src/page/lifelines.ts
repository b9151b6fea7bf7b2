import { type Html, html } from './html.ts'
import type { ShownModel } from './shown-model.ts'
import { dayOf } from './time.ts'

const MAX_LINES = 40
const ROW = 32
const TOP = 26
const DAY_MS = 86_400_000

/** A date of another age must not squeeze the others together. */
const PAST_MS = 8 * 365 * DAY_MS
const FUTURE_MS = 2 * 365 * DAY_MS

/** Beyond this, a name ends where its line begins, so that it stays in the picture. */
const LATE = 58

/** Each model's life as a line in time: released, deprecated, retired. Lengths are shares of the width. */
export function lifelines(models: readonly ShownModel[], today: number): Html {
  const alive = models.filter(({ status }) => status.status !== 'retired')
  const room = Math.max(0, MAX_LINES - alive.length)
  const gone = models.filter(({ status }) => status.status === 'retired').slice(0, room)
  const drawn = new Set([...alive.slice(0, MAX_LINES), ...gone])
  const shown = models.filter((model) => drawn.has(model))

  const dates = shown.flatMap(({ releasedAt, retiresAt }) => [
    releasedAt ?? today,
    retiresAt ?? today,
  ])
  const start = Math.max(today - PAST_MS, Math.min(...dates, today - 90 * DAY_MS))
  const end = Math.min(today + FUTURE_MS, Math.max(...dates, today) + 60 * DAY_MS)
  const at = (time: number): number =>
    Math.round(Math.min(1, Math.max(0, (time - start) / (end - start))) * 1000) / 10
  const height = TOP + shown.length * ROW

  return html`<figure>
    <svg role="img" aria-labelledby="lives-title lives-text" width="100%" height="${height}">
      <title id="lives-title">
        Lifelines of ${shown.length} ${shown.length === 1 ? 'model' : 'models'}
      </title>
      <desc id="lives-text">${shown.map(inWords)}</desc>
      ${yearsBetween(start, end).map(
        (year) =>
          html`<line
              class="year"
              x1="${at(Date.UTC(year, 0))}%"
              x2="${at(Date.UTC(year, 0))}%"
              y1="18"
              y2="${height}"
            /><text class="year" x="${at(Date.UTC(year, 0))}%" y="12">${year}</text>`,
      )}
      <line class="today" x1="${at(today)}%" x2="${at(today)}%" y1="18" y2="${height}" />
      ${shown.map((model, index) => line(model, TOP + index * ROW))}
    </svg>
    <figcaption>
      <span class="key life">released</span> <span class="key due">deprecated</span>
      <span class="key gone">retired</span> <span class="key today">today, ${dayOf(today)}</span>
      ${
        shown.length < models.length &&
        html`<span>${shown.length} of ${models.length} models</span>`
      }
    </figcaption>
  </figure>`

  function line(model: ShownModel, y: number): Html {
    const { name, releasedAt = start, deprecatedAt, retiresAt, status } = model
    const retired = status.status === 'retired'
    const last = retired
      ? (retiresAt ?? deprecatedAt ?? today)
      : Math.max(today, retiresAt ?? today)
    const turn = retired
      ? last
      : Math.min(last, deprecatedAt ?? (status.status === 'active' ? last : today))
    const from = at(releasedAt)
    const late = from > LATE
    return html`<g${retired && html` class="gone"`}><text x="${from}%" y="${y + 10}"${late && html` text-anchor="end"`}>${name}</text>${bar('life', from, at(turn), y)}${turn < last && bar('due', at(turn), at(last), y)}${retired && html`<line class="end" x1="${at(last)}%" x2="${at(last)}%" y1="${y + 14}" y2="${y + 24}" />`}</g>`
  }
}

function bar(kind: string, from: number, to: number, y: number): Html {
  const width = Math.max(0.3, Math.round((to - from) * 10) / 10)
  return html`<rect
    class="${kind}"
    x="${from}%"
    width="${width}%"
    y="${y + 16}"
    height="6"
    rx="3"
  />`
}

function yearsBetween(start: number, end: number): readonly number[] {
  const first = new Date(start).getUTCFullYear() + 1
  // Of a year that has hardly begun at the edge, there would be half a number.
  const last = new Date(end - (end - start) / 15).getUTCFullYear()
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
}

/** The picture for those who do not see it. */
function inWords({ name, releasedAt, deprecatedAt, retiresAt, status }: ShownModel): Html {
  const ends = status.status === 'retired' ? 'retired' : 'retires'
  const facts = [
    releasedAt === undefined ? status.status : `released ${isoDay(releasedAt)}`,
    ...(deprecatedAt === undefined ? [] : [`deprecated ${isoDay(deprecatedAt)}`]),
    ...(retiresAt === undefined ? [] : [`${ends} ${isoDay(retiresAt)}`]),
  ]
  return html`${name}: ${facts.join(', ')}. `
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}
