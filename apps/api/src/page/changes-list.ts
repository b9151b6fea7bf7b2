import type { Change } from '../sync/changes.ts'
import { type Html, html } from './html.ts'
import { dayOf, parsed } from './time.ts'

const MAX_CHANGES = 8

/** What happened last, in words. `nameOf` is what a model is called. */
export function changesList(changes: readonly Change[], nameOf: (id: string) => string): Html {
  if (changes.length === 0) return html`<p>Nothing has happened yet.</p>`
  return html`<ol class="changes">
    ${changes.slice(0, MAX_CHANGES).map(
      (change) =>
        html`<li>
          ${dayOf(parsed(change.at) ?? 0)}
          <span><b>${nameOf(change.model_id)}</b> ${inWords(change)}</span>
        </li>`,
    )}
  </ol>`
}

function inWords({ change, fields = [], retires_at }: Change): Html {
  const [from, to] = [parsed(retires_at?.from), parsed(retires_at?.to)]
  switch (change) {
    case 'released':
      return html`was released`
    case 'deprecated':
      return to === undefined
        ? html`was deprecated`
        : html`was deprecated; its last day is ${dayOf(to)}`
    case 'retired':
      return html`was retired`
    case 'retirement_rescheduled':
      return html`retires
      ${to === undefined ? 'on a day to be told' : html`on ${dayOf(to)}`}${
        from !== undefined && html` instead of ${dayOf(from)}`
      }`
    case 'removed':
      return html`is no longer listed`
    case 'changed':
    default:
      return html`changed: ${fields.join(', ')}`
  }
}
