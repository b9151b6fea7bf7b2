import type { View } from '../catalog/view.ts'
import type { Change } from '../sync/changes.ts'
import { changesList } from './changes-list.ts'
import { type Html, html } from './html.ts'
import { lifelines } from './lifelines.ts'
import { ModelsTable } from './models-table.ts'
import { shownModel, type ShownModel } from './shown-model.ts'
import { retiringSoon } from './standing.ts'
import { dayOf, momentOf } from './time.ts'

/** What there is to know today, and the style that belongs to these very models. */
export interface Overview {
  readonly markup: Html
  readonly style: string
}

const MAX_SOON = 3

export function overview(view: View | undefined): Overview {
  if (!view) return { markup: nothingYet, style: '' }
  const today = Date.parse(view.snapshot.synced_at)
  const models = view.models.map((model) => shownModel(model, today))
  const names = new Map(models.map(({ id, name }) => [id, name]))
  const changes = view.changes.slice(0, 8).map(({ json }) => JSON.parse(json) as Change)
  const table = new ModelsTable(models)
  const live = models.filter(({ status }) => status.status !== 'retired').length
  return {
    style: table.style,
    markup: html`<section class="hero">
        <h1>Every Claude model, and how long it has left</h1>
        <div>
          <p>
            A public copy of Anthropic’s Models API: ${live}
            ${live === 1 ? 'model that answers' : 'models that answer'} today, for every program and
            every page, without a key.
          </p>
          ${freshness(view, today)}
        </div>
        ${soon(retiringSoon(models))}
      </section>
      <section id="models" class="models">
        <h2>Models</h2>
        ${table.markup}
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

/** How old the data is; what has happened since, the script asks. */
function freshness({ standing }: View, today: number): Html {
  return standing === 'fresh'
    ? html`<p id="freshness">As of ${momentOf(today)}.</p>`
    : html`<p id="freshness" class="stale">
        The last good copy, of ${momentOf(today)}: no sync has succeeded since.
        <a href="/health">/health</a> says why.
      </p>`
}

/** What somebody who uses these models has to do something about. */
function soon(models: readonly ShownModel[]): Html {
  const [next] = models
  if (!next) return html`<aside><p>No model has a day on which it retires.</p></aside>`
  return html`<aside aria-label="Retiring next">
    ${models.slice(0, MAX_SOON).map(({ name, id, status }) => {
      const { daysLeft = 0, retiresAt = 0 } = status.status === 'deprecated' ? status : {}
      return html`<p class="soon">
        <b>${daysLeft}</b>
        <span>
          ${daysLeft === 1 ? 'day' : 'days'} left for <strong>${name}</strong><br />
          <code>${id}</code><br />
          retires on ${dayOf(Number(retiresAt))}
        </span>
      </p>`
    })}
  </aside>`
}
