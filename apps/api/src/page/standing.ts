import { type Html, html } from './html.ts'
import type { ShownModel } from './shown-model.ts'
import { dayOf } from './time.ts'

/** Where a model stands, in the words of the table. */
export function standingOf({ status, retiresAt }: ShownModel): Html {
  switch (status.status) {
    case 'active':
      return html`<span class="badge">active</span>`
    case 'deprecated':
      return status.retiresAt
        ? html`<span class="badge due">retires ${dayOf(Number(status.retiresAt))}</span>`
        : html`<span class="badge due">deprecated</span>`
    case 'overdue':
      return html`<span class="badge due">overdue since ${dayOf(Number(status.retiresAt))}</span>`
    case 'retired':
      return html`<span class="badge gone"
        >retired${retiresAt !== undefined && html` ${dayOf(retiresAt)}`}</span
      >`
    case 'unknown':
    default:
      return html`<span class="badge">unknown</span>`
  }
}

/** The deprecated models whose date is set and still to come, the next one first. */
export function retiringSoon(models: readonly ShownModel[]): readonly ShownModel[] {
  return models
    .filter(({ status }) => status.status === 'deprecated' && status.daysLeft !== undefined)
    .toSorted((one, other) => (one.retiresAt ?? 0) - (other.retiresAt ?? 0))
}
