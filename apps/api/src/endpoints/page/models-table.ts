import { modelPath } from '../model-path.ts'
import { compact } from './compact.ts'
import type { Filters } from './filters.ts'
import { type Html, html } from './html.ts'
import type { ShownModel } from './shown-model.ts'
import { standingOf } from './standing.ts'
import { dayOf } from './time.ts'

/**
 * The table, whose rows have the classes that the filters go by. Where it is wider than the page, it
 * scrolls in a box of its own, also by keyboard.
 */
export function modelsTable(rows: readonly ShownModel[], filters: Filters): Html {
  return html`<div class="wide" role="region" aria-label="Table of the models" tabindex="0">
      <table role="table" aria-label="Models">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">Model</th>
            <th role="columnheader" scope="col">Line</th>
            <th role="columnheader" scope="col" class="count">
              Context<span class="unseen"> window, in tokens</span>
            </th>
            <th role="columnheader" scope="col" class="count">
              Output<span class="unseen"> at most, in tokens</span>
            </th>
            <th role="columnheader" scope="col">Released</th>
            <th role="columnheader" scope="col">Lifecycle</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${rows.map((model) => rowOf(model, filters.classesOf(model)))}
        </tbody>
      </table>
    </div>
    <p class="none">No such model.</p>`
}

function rowOf(model: ShownModel, classes: string): Html {
  const { context, id, line, name, output, releasedAt } = model
  return html`<tr role="row" class="${classes}">
    <th role="rowheader" scope="row">
      <a href="${modelPath(id)}"><bdi>${name}</bdi></a>
      <span class="id"
        ><code><bdi>${id}</bdi></code>
        <button type="button" data-copy="${id}" aria-label="Copy ${id}" hidden>copy</button></span
      >
    </th>
    <td role="cell" data-label="Line"><bdi>${line ?? '–'}</bdi></td>
    <td role="cell" data-label="Context" class="count">${amountOf(context)}</td>
    <td role="cell" data-label="Output" class="count">${amountOf(output)}</td>
    <td role="cell" data-label="Released">${releasedAt === undefined ? '–' : dayOf(releasedAt)}</td>
    <td role="cell" data-label="Lifecycle">${standingOf(model)}</td>
  </tr>`
}

function amountOf(tokens: number | undefined): string {
  return tokens === undefined ? '–' : compact(tokens)
}
