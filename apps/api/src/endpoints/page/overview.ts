import type { Change } from '@models-edge/core'
import type { PublicView } from '../public-view.ts'
import { changesList } from './changes-list.ts'
import { Filters } from './filters.ts'
import { type Html, html } from './html.ts'
import { lifelines } from './lifelines.ts'
import { modelsTable } from './models-table.ts'
import { foremost, shownModel, type ShownModel } from './shown-model.ts'
import { dayOf, momentOf } from './time.ts'

/** What there is to know, and the style that belongs to these very models. */
export interface Overview {
  readonly markup: Html
  readonly style?: string
}

const MAX_ROWS = 100
const MAX_CHANGES = 8
const MAX_SOON = 3

export function overview(view: PublicView | undefined): Overview {
  if (!view) return { markup: nothingYet }
  const today = Date.parse(view.snapshot.synced_at)
  const models = view.models.items.map((model) => shownModel(model, today))
  if (models.length === 0) return { markup: nothingPublic }
  const rows = foremost(models, MAX_ROWS)
  const filters = new Filters(models)
  const names = new Map(models.map(({ id, name }) => [id, name]))
  const changes = view.changes.items
    .slice(0, MAX_CHANGES)
    .map(({ json }) => JSON.parse(json) as Change)
  return {
    style: filters.styleFor(rows),
    markup: html`${hero(view, models)}
      <section id="models" class="models">
        <h2>Models</h2>
        ${filters.markup} ${modelsTable(rows, filters)}
        ${
          rows.length < models.length &&
          html`<p>
            ${models.length - rows.length} more are in
            <a href="/v1/models?limit=1000">the API</a>.
          </p>`
        }
      </section>
      <section id="lives">
        <h2>Lifelines</h2>
        ${lifelines(models, today)}
      </section>
      <section id="changes">
        <h2>What changed</h2>
        ${changesList(changes, (id) => names.get(id) ?? id)}
        <p><a href="/v1/changes">All changes, as JSON</a></p>
      </section>`,
  }
}

const nothingYet = html`<section class="hero">
  <h1>There are no models here yet</h1>
  <p>
    This copy has not been able to get the list from Anthropic so far. It goes on trying by itself;
    <a href="/health">/health</a> says what is in the way.
  </p>
  <p id="freshness" class="stale" hidden></p>
</section>`

const nothingPublic = html`<section class="hero">
  <h1>No model is public here</h1>
  <p>Whoever runs this copy hides every model that its key can see.</p>
</section>`

function hero(view: PublicView, models: readonly ShownModel[]): Html {
  const live = models.filter(({ status }) => status !== 'retired').length
  return html`<section class="hero">
    <h1>Every Claude model, and how long it has left</h1>
    <div>
      <p>
        A public copy of Anthropic’s Models API: ${live} current ${live === 1 ? 'model' : 'models'},
        for every program and every page, without a key.
      </p>
      ${freshness(view)}
    </div>
    ${soon(models)}
  </section>`
}

/** How old the data is; what has happened since, the script asks. */
export function freshness({ snapshot, standing }: PublicView): Html {
  const today = Date.parse(snapshot.synced_at)
  if (standing === 'fresh') return html`<p id="freshness">As of ${momentOf(today)}.</p>`
  const why = snapshot.failure ? 'syncs fail' : 'nothing newer has come since'
  return html`<p id="freshness" class="stale">
    The last good copy, of ${momentOf(today)}: ${why}. <a href="/health">/health</a> says more.
  </p>`
}

/** What somebody who uses these models has to do something about; the script counts the days on. */
function soon(models: readonly ShownModel[]): Html {
  const retiring = models
    .filter(({ daysLeft }) => daysLeft !== undefined)
    .toSorted((one, other) => (one.retiresAt ?? 0) - (other.retiresAt ?? 0))
  if (retiring.length === 0) return html`<aside><p>No retirement is scheduled.</p></aside>`
  return html`<aside aria-label="Retiring next">
    ${retiring.slice(0, MAX_SOON).map(
      ({ daysLeft, id, name, retiresAt = 0 }) =>
        html`<p class="soon" data-until="${new Date(retiresAt).toISOString()}">
          <b>${daysLeft}</b>
          <span>
            <i>${daysLeft === 1 ? 'day' : 'days'}</i> left for <strong><bdi>${name}</bdi></strong
            ><br />
            <code><bdi>${id}</bdi></code
            ><br />
            retires on ${dayOf(retiresAt)}
          </span>
        </p>`,
    )}
  </aside>`
}
