import { type Html, html } from './html.ts'
import type { ShownModel } from './shown-model.ts'
import { dayOf } from './time.ts'

/** Where a model stands, in the words of the table. */
export function standingOf({ retiresAt, status }: ShownModel): Html {
  const date = retiresAt !== undefined && html` ${dayOf(retiresAt)}`
  switch (status) {
    case 'deprecated':
      return html`<span class="badge due">${date ? html`retires${date}` : 'deprecated'}</span>`
    case 'overdue':
      return html`<span class="badge due">overdue since${date}</span>`
    case 'retired':
      return html`<span class="badge gone">retired${date}</span>`
    case 'removed':
      return html`<span class="badge gone">no longer listed</span>`
    case 'active':
    case 'unknown':
    default:
      return html`<span class="badge">${status}</span>`
  }
}
