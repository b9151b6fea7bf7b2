import type { KnownName } from '../known-name.ts'
import { newestOfLines } from '../lines.ts'
import { modelPath } from '../model-path.ts'
import type { PublicView } from '../public-view.ts'
import { type Html, html } from './html.ts'
import { freshness } from './overview.ts'
import { type ShownModel, shownModel } from './shown-model.ts'
import { standingOf } from './standing.ts'
import { dayOf, knownTime } from './time.ts'

/** What somebody who looks for a model wants first: where it stands, how long it has, where to go. */
export function modelHero(
  view: PublicView,
  name: string,
  known: KnownName,
  model: ShownModel,
): Html {
  const { daysLeft, id, retiresAt } = model
  const since = knownTime(known.since)
  return html`<section class="hero">
    <h1><bdi>${model.name}</bdi></h1>
    <div>
      <p class="id">
        <code><bdi>${id}</bdi></code>
        <button type="button" data-copy="${id}" aria-label="Copy ${id}" hidden>copy</button>
      </p>
      <p>${standingOf(model)}</p>
      ${
        known.since !== undefined &&
        html`<p class="stale">
          <code><bdi>${name}</bdi></code> was a name of this model, and stands for nothing any
          more${since !== undefined && html` since ${dayOf(since)}`}: requests with it fail.
        </p>`
      }
      ${freshness(view)}
    </div>
    <aside aria-label="Where to go">
      ${
        daysLeft !== undefined &&
        retiresAt !== undefined &&
        html`<p class="soon" data-until="${new Date(retiresAt).toISOString()}">
          <b>${daysLeft}</b>
          <span
            ><i>${daysLeft === 1 ? 'day' : 'days'}</i> left: it retires ${dayOf(retiresAt)}</span
          >
        </p>`
      }
      ${next(view, model)}
    </aside>
  </section>`
}

/** The newest of its line, compared: the way that somebody would go. */
function next(view: PublicView, { id, line }: ShownModel): Html {
  const newest = line === undefined ? undefined : newestOfLines(view).get(line)
  if (newest?.id === id) return html`<p>It is the newest of its line.</p>`
  if (!newest) return html`<p><a href="/#models">All models</a></p>`
  const { name } = shownModel(newest, 0)
  const compared = `/compare/${encodeURIComponent(id)}/${encodeURIComponent(newest.id)}`
  return html`<p>
    The newest of its line is
    <a href="${modelPath(newest.id)}"><bdi>${name}</bdi></a
    >. <a href="${compared}">What changes</a>
  </p>`
}
