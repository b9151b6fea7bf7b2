import type { Change } from '@models-edge/core'
import { type Html, html } from './html.ts'
import { dayOf, knownTime } from './time.ts'

/** What happened, in words. `nameOf` is what a model is called. */
export function changesList(changes: readonly Change[], nameOf: (id: string) => string): Html {
  if (changes.length === 0) return html`<p>Nothing has happened yet.</p>`
  return html`<ol class="changes">
    ${changes.map((change) => {
      const at = knownTime(change.at)
      return html`<li>
        ${at === undefined ? html`<span>–</span>` : dayOf(at)}
        <span
          ><b><bdi>${nameOf(change.model_id)}</bdi></b> ${inWords(change)}</span
        >
      </li>`
    })}
  </ol>`
}

function inWords({ alias, change, fields = [], retires_at }: Change): Html {
  const [from, to] = [knownTime(retires_at?.from), knownTime(retires_at?.to)]
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
      ${to === undefined ? 'on a date not yet set' : html`on ${dayOf(to)}`}${
        from !== undefined && html` instead of ${dayOf(from)}`
      }`
    case 'removed':
      return html`is no longer listed`
    case 'alias_moved':
      return html`is what <code><bdi>${alias}</bdi></code> stands for now`
    case 'alias_ended':
      return html`lost its alias: <code><bdi>${alias}</bdi></code> stands for nothing any more`
    case 'changed':
    default:
      return html`changed: <bdi>${fields.join(', ')}</bdi>`
  }
}
