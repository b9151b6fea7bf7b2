import { type Html, html } from './html.ts'
import type { ShownModel } from './shown-model.ts'
import { standingOf } from './standing.ts'
import { dayOf } from './time.ts'

const MAX_ROWS = 200

/** The rest of the lines shares one filter. */
const MAX_LINES = 8
const OTHER = 'other'

interface Filter {
  /** The class of the rows that it shows; none for the filter that shows all. */
  readonly row: string
  readonly label: string
  readonly shows: (model: ShownModel) => boolean
}

const amount = new Intl.NumberFormat('en', { notation: 'compact' })

/** The table of models, which filters itself without a script. */
export class ModelsTable {
  readonly #models: readonly ShownModel[]
  readonly #total: number
  readonly #lifecycles: readonly Filter[]
  readonly #lines: readonly Filter[]

  constructor(models: readonly ShownModel[]) {
    this.#total = models.length
    this.#models = models.slice(0, MAX_ROWS)
    this.#lifecycles = [
      { row: 'l-current', label: 'current', shows: (model) => !isRetired(model) },
      { row: 'l-active', label: 'active', shows: ({ status }) => status.status === 'active' },
      { row: 'l-deprecated', label: 'deprecated', shows: isDeprecated },
      { row: 'l-retired', label: 'retired', shows: isRetired },
      { row: 'l-all', label: 'all', shows: () => true },
    ]
    const names = [...new Set(this.#models.map(lineOf))].toSorted(byName)
    const named = names.filter((name) => name !== OTHER).slice(0, MAX_LINES)
    const lines = named.map((line, index): Filter => ({
      row: `n-${index}`,
      label: line,
      shows: (model) => lineOf(model) === line,
    }))
    const rest: Filter = {
      row: 'n-other',
      label: OTHER,
      shows: (model) => !named.includes(lineOf(model)),
    }
    this.#lines = [
      { row: 'n-all', label: 'every line', shows: () => true },
      ...lines,
      ...(this.#models.some(rest.shows) ? [rest] : []),
    ]
  }

  get markup(): Html {
    const left = this.#total - this.#models.length
    return html`<div class="filters">
        ${this.#choices('lifecycle', 'Lifecycle', this.#lifecycles)}
        ${this.#choices('line', 'Line', this.#lines)}
      </div>
      <table role="table" aria-label="Models">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">Model</th>
            <th role="columnheader" scope="col">Line</th>
            <th role="columnheader" scope="col">
              <abbr title="Context window, in tokens">Context</abbr>
            </th>
            <th role="columnheader" scope="col">
              <abbr title="The most that one answer can hold, in tokens">Output</abbr>
            </th>
            <th role="columnheader" scope="col">Released</th>
            <th role="columnheader" scope="col">Lifecycle</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${this.#models.map((model) => this.#row(model))}
        </tbody>
      </table>
      <p class="none">No such model.</p>
      ${
        left > 0 &&
        html`<p>
          These are the newest ${MAX_ROWS}; ${left} more are in
          <a href="/v1/models?limit=1000">the API</a>.
        </p>`
      }`
  }

  /** What hides the rows that the chosen filters do not show. */
  get style(): string {
    const filters = [...this.#lifecycles, ...this.#lines]
    const hidden = filters
      .filter(({ row }) => !row.endsWith('-all'))
      .map(({ row }) => `.models:has(#${row}:checked) tbody tr:not(.${row})`)
    const empty = this.#lifecycles.flatMap((lifecycle) =>
      this.#lines
        .filter(
          (line) => !this.#models.some((model) => lifecycle.shows(model) && line.shows(model)),
        )
        .map((line) => `.models:has(#${lifecycle.row}:checked):has(#${line.row}:checked) .none`),
    )
    return `${hidden.join()}{display:none}${empty.length > 0 ? `${empty.join()}{display:block}` : ''}`
  }

  #choices(name: string, legend: string, filters: readonly Filter[]): Html {
    return html`<fieldset>
      <legend>${legend}</legend>
      ${filters.map(({ row, label, shows }, index) => {
        const count = this.#models.filter(shows).length
        return html`<label
          ><input
            type="radio"
            name="${name}"
            id="${row}"
            autocomplete="off"
            ${index === 0 && html` checked`}
          />${label}${name === 'lifecycle' && html` <b>${count}</b>`}</label
        >`
      })}
    </fieldset>`
  }

  #row(model: ShownModel): Html {
    const { id, name, line, context, output, releasedAt } = model
    const rows = [...this.#lifecycles, ...this.#lines]
      .filter(({ row, shows }) => !row.endsWith('-all') && shows(model))
      .map(({ row }) => row)
    return html`<tr role="row" class="${rows.join(' ')}">
      <th role="rowheader" scope="row">
        <a href="/v1/models/${encodeURIComponent(id)}">${name}</a>
        <span class="id"
          ><code>${id}</code>
          <button type="button" data-copy="${id}" aria-label="Copy ${id}" hidden>copy</button></span
        >
      </th>
      <td role="cell" data-label="Line">${line ?? '–'}</td>
      <td role="cell" data-label="Context">
        ${context === undefined ? '–' : amount.format(context)}
      </td>
      <td role="cell" data-label="Output">${output === undefined ? '–' : amount.format(output)}</td>
      <td role="cell" data-label="Released">
        ${releasedAt === undefined ? '–' : dayOf(releasedAt)}
      </td>
      <td role="cell" data-label="Lifecycle">${standingOf(model)}</td>
    </tr>`
  }
}

function lineOf({ line }: ShownModel): string {
  return line ?? OTHER
}

function isRetired({ status }: ShownModel): boolean {
  return status.status === 'retired'
}

function isDeprecated({ status }: ShownModel): boolean {
  return status.status === 'deprecated' || status.status === 'overdue'
}

function byName(one: string, other: string): number {
  return one < other ? -1 : 1
}
