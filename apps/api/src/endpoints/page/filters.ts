import { type Html, html } from './html.ts'
import type { ShownModel } from './shown-model.ts'

/** The rest of the lines shares one filter. */
const MAX_LINES = 8

/** One of a row of buttons. It shows the rows that have its id for a class; without one, every row. */
interface Filter {
  readonly id: string
  readonly label: string
  readonly shows?: (model: ShownModel) => boolean
}

/** What narrows the table down, without a script. */
export class Filters {
  readonly #models: readonly ShownModel[]
  readonly #lines: readonly Filter[]

  constructor(models: readonly ShownModel[]) {
    this.#models = models
    this.#lines = filtersOfLines(models)
  }

  get markup(): Html {
    return html`<div class="filters">
      ${this.#choices('lifecycle', lifecycles)} ${this.#choices('line', this.#lines)}
    </div>`
  }

  /** The classes of a model's row. */
  classesOf(model: ShownModel): string {
    const shown = [...lifecycles, ...this.#lines].filter(({ shows }) => shows?.(model))
    return shown.map(({ id }) => id).join(' ')
  }

  /** What hides the rows that the chosen filters do not show, and says so where no row is left. */
  styleFor(rows: readonly ShownModel[]): string {
    const hidden = [...lifecycles, ...this.#lines]
      .filter(({ shows }) => shows)
      .map(({ id }) => `.models:has(#${id}:checked) tbody tr:not(.${id})`)
    const empty = lifecycles.flatMap((lifecycle) =>
      this.#lines
        .filter((line) => !rows.some((row) => accepts(lifecycle, row) && accepts(line, row)))
        .map((line) => `.models:has(#${lifecycle.id}:checked):has(#${line.id}:checked) .none`),
    )
    const none = empty.length > 0 ? `${empty.join()}{display:block}` : ''
    return `${hidden.join()}{display:none}${none}`
  }

  #choices(name: string, filters: readonly Filter[]): Html {
    return html`<fieldset>
      <legend>${name}</legend>
      ${filters.map((filter, index) => this.#choice(name, filter, index === 0))}
    </fieldset>`
  }

  #choice(name: string, filter: Filter, chosen: boolean): Html {
    const { id, label } = filter
    const count = this.#models.filter((model) => accepts(filter, model)).length
    return html`<label
      ><input
        type="radio"
        name="${name}"
        id="${id}"
        autocomplete="off"
        ${chosen && html`checked`}
      /><bdi>${label}</bdi>${name === 'lifecycle' && html` <b>${count}</b>`}</label
    >`
  }
}

const lifecycles: readonly Filter[] = [
  { id: 'l-current', label: 'current', shows: ({ status }) => status !== 'retired' },
  { id: 'l-active', label: 'active', shows: ({ status }) => status === 'active' },
  {
    id: 'l-deprecated',
    label: 'deprecated',
    shows: ({ status }) => status === 'deprecated' || status === 'overdue',
  },
  { id: 'l-retired', label: 'retired', shows: ({ status }) => status === 'retired' },
  { id: 'l-all', label: 'all' },
]

function filtersOfLines(models: readonly ShownModel[]): readonly Filter[] {
  const lines = models.flatMap(({ line }) => line ?? [])
  const named = [...new Set(lines)].toSorted().slice(0, MAX_LINES)
  const isOther = ({ line }: ShownModel): boolean => line === undefined || !named.includes(line)
  return [
    { id: 'n-all', label: 'every line' },
    ...named.map((name, index): Filter => {
      return { id: `n-${index}`, label: name, shows: ({ line }) => line === name }
    }),
    ...(models.some(isOther) ? [{ id: 'n-other', label: 'other', shows: isOther }] : []),
  ]
}

function accepts({ shows }: Filter, model: ShownModel): boolean {
  return shows?.(model) ?? true
}
