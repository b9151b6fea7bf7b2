import { type Html, html } from './html.ts'
import { foremost, type ShownModel } from './shown-model.ts'
import { dayOf, dayText } from './time.ts'

const MAX_LINES = 40
const DAY_MS = 86_400_000

/** What lies further back says little about what is next; the longer lines begin at the edge. */
const PAST_MS = 2 * 365 * DAY_MS

/** Where today is, in parts of the width: what is to come needs room, too. */
const TODAY = 0.78

/** Beyond this share, a name ends where its line begins, so that it stays in the picture. */
const LATE = 58

/** In the size of its text, so that the picture grows with it. */
const TOP_EM = 3.2
const ROW_EM = 2.5

/** Each model's life as a line in time: released, deprecated, retired. */
export function lifelines(models: readonly ShownModel[], today: number): Html {
  const shown = foremost(models, MAX_LINES)
  const first = Math.min(...shown.map(({ releasedAt }) => releasedAt ?? today))
  const start = Math.max(today - PAST_MS, Math.min(first, today - 90 * DAY_MS))
  const width = (today - start) / TODAY
  const at = (time: number): number => {
    const share = Math.min(1, Math.max(0, (time - start) / width))
    return Math.round(share * 1000) / 10
  }
  const height = `${TOP_EM + shown.length * ROW_EM}em`

  return html`<figure>
    <svg role="img" aria-label="Lifelines" aria-describedby="lives-text" height="${height}">
      <desc id="lives-text">${shown.map(inWords)}</desc>
      ${yearsBetween(start, start + width).map(
        (year) =>
          html`${upright('year', at(Date.UTC(year, 0)), height)}
            <text class="year" x="${at(Date.UTC(year, 0))}%" y="1em">${year}</text>`,
      )}
      ${upright('today', at(today), height)}
      <text class="today" x="${at(today)}%" y="2.4em" text-anchor="middle">${dayText(today)}</text>
      ${shown.map((model, index) => lifeline(model, TOP_EM + index * ROW_EM))}
    </svg>
    <figcaption>
      <span class="key life">active</span> <span class="key due">deprecated</span>
      <span class="key gone">retired</span> <span class="key today">as of ${dayOf(today)}</span>
      ${
        shown.length < models.length &&
        html`<span>${shown.length} of ${models.length} models</span>`
      }
    </figcaption>
  </figure>`

  function lifeline(model: ShownModel, top: number): Html {
    const { name, releasedAt = start, deprecatedAt, removedAt, retiresAt, status } = model
    const isGone = status === 'retired' || status === 'removed'
    const last = isGone
      ? Math.min(retiresAt ?? removedAt ?? deprecatedAt ?? today, removedAt ?? today)
      : Math.max(today, retiresAt ?? today)
    const turn = Math.min(last, deprecatedAt ?? (status === 'active' || isGone ? last : today))
    const from = at(releasedAt)
    const anchor = from > LATE && html` text-anchor="end"`
    const due = turn < last
    return html`<g class="${status}">
      <text x="${from}%" y="${em(top + 1)}" ${anchor}>${name}</text>
      ${bar('life', from, at(turn), top)} ${due && bar('due', at(turn), at(last), top)}
      ${
        due &&
        !isGone &&
        retiresAt !== undefined &&
        html`<text class="end" x="${at(last)}%" dx="0.5em" y="${em(top + 2)}">
          ${dayText(retiresAt)}
        </text>`
      }
    </g>`
  }
}

function upright(kind: string, at: number, height: string): Html {
  return html`<line
    class="${kind}"
    x1="${at}%"
    x2="${at}%"
    y1="${em(TOP_EM - 0.5)}"
    y2="${height}"
  />`
}

function bar(kind: string, from: number, to: number, top: number): Html {
  const width = Math.max(0.3, Math.round((to - from) * 10) / 10)
  return html`<rect
    class="${kind}"
    x="${from}%"
    width="${width}%"
    y="${em(top + 1.4)}"
    height="0.5em"
    rx="2"
  />`
}

function em(length: number): string {
  return `${Math.round(length * 100) / 100}em`
}

function yearsBetween(start: number, end: number): readonly number[] {
  const first = new Date(start).getUTCFullYear() + 1
  // Of a year that has hardly begun at the edge, there would be half a number.
  const last = new Date(end - (end - start) / 15).getUTCFullYear()
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index)
}

const ENDS: Readonly<Partial<Record<ShownModel['status'], string>>> = {
  overdue: 'was to retire',
  removed: 'was to retire',
  retired: 'retired',
}

/** The picture for those who do not see it. */
function inWords({ name, releasedAt, deprecatedAt, retiresAt, status }: ShownModel): Html {
  const end = ENDS[status] ?? 'retires'
  const facts = [
    status === 'removed' ? 'no longer listed' : status,
    ...(releasedAt === undefined ? [] : [`released ${dayText(releasedAt)}`]),
    ...(deprecatedAt === undefined ? [] : [`deprecated ${dayText(deprecatedAt)}`]),
    ...(retiresAt === undefined ? [] : [`${end} ${dayText(retiresAt)}`]),
  ]
  return html`${name}: ${facts.join('; ')}. `
}
