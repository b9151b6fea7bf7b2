import type { Answer } from '../../http/answer.ts'
import modelStyle from '../../../built/model-style.txt'
import style from '../../../built/style.txt'
import { modelPath } from '../model-path.ts'
import type { PublicView } from '../public-view.ts'
import { documentAnswer } from './document.ts'
import { html } from './html.ts'

const MAX_NAME = 80

export const pageNav = html`<strong><a href="/">models-edge</a></strong>
  <nav aria-label="Page">
    <a href="/#models">Models</a> <a href="/#changes">Changes</a>
    <a href="/#subscribe">Subscribe</a>
  </nav>`

/** For who comes with a name that nobody knows. */
export function missingPage(
  view: PublicView,
  name: string,
  address: string | undefined,
): Promise<Answer> {
  const near = view.nearest.to(name)
  const shown = name.toWellFormed().slice(0, MAX_NAME).toWellFormed()
  return documentAnswer({
    title: 'No such model',
    description: 'There is no Claude model of this name here.',
    path: undefined,
    address,
    styles: [style, modelStyle],
    nav: pageNav,
    main: html`<section class="hero">
      <h1>There is no such model</h1>
      <div>
        <p>
          Nobody knows <code><bdi>${shown}</bdi></code> here.
          ${near.length > 0 && html`Perhaps it is one of these:`}
        </p>
        <ul>
          ${near.map(
            (each) =>
              html`<li>
                <a href="${modelPath(each)}"><bdi>${each}</bdi></a>
              </li>`,
          )}
        </ul>
        <p><a href="/#models">All models</a></p>
      </div>
    </section>`,
    view,
    status: 404,
    policy: 'error',
    headers: { 'x-should-retry': 'false' },
  })
}
