import type { ModelInfo } from '@models-edge/core'
import { ModelElement, day, say } from './model-element.ts'

/**
 * `<model-picker>`: fills the page's own `<select>` inside it with the current models. The options
 * that the page wrote stay where they are; those that are among the models are hidden.
 */
export class ModelPicker extends ModelElement {
  #models: readonly ModelInfo[] = []
  #groups: readonly Element[] = []

  override connectedCallback(): void {
    super.connectedCallback()
    const select = this.querySelector('select')
    if (select) {
      const fill = (value: string) => this.#fill(select, value)
      // A value that is set before its option is there would be lost, and the saved one with it.
      Object.setPrototypeOf(
        select,
        class extends HTMLSelectElement {
          override get value() {
            return super.value
          }
          override set value(value) {
            super.value = value
            if (value && super.value !== value) fill(value)
          }
        }.prototype,
      )
    }
  }

  load(): Promise<void> {
    return this.ask('1000', (models) => {
      const select = this.querySelector('select')
      if (!select || !models[0]) return
      this.#models = models
      this.#fill(select, select.value)
    })
  }

  #fill(select: HTMLSelectElement, value: string): void {
    const models = [...this.#models]
    const has = (wanted: string) => models.some(({ id }) => wanted === id)
    if (value && !has(value)) {
      const display_name = select.selectedOptions[0]?.text
      models.push({ id: value, display_name, line: 'unknown' } as ModelInfo)
    }
    for (const group of this.#groups) group.remove()
    for (const option of select.options) option.hidden ||= has(option.value)
    this.#groups = [...Map.groupBy(models, ({ line }) => line ?? 'other')].map(
      ([line, members]) => {
        const group = document.createElement('optgroup')
        group.label = say(this, line)
        group.append(
          ...members.map(
            ({ id, display_name, lifecycle, retires_at }) =>
              new Option(
                (display_name ?? id) +
                  (lifecycle === 'deprecated'
                    ? ` (${retires_at ? say(this, 'until *', day(retires_at, this)) : say(this, lifecycle)})`
                    : ''),
                id,
                false,
                id === value,
              ),
          ),
        )
        return group
      },
    )
    select.append(...this.#groups)
  }
}
