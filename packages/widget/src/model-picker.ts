import type { ModelInfo } from '@models-edge/core'
import { afterSet } from './after-set.ts'
import { warn } from './attributes.ts'
import { ModelElement } from './model-element.ts'
import { optionGroups } from './option-groups.ts'

/**
 * `<model-picker>`: adds the current models to the page's own `<select>` inside it, and never chooses one.
 * The options that the page wrote stay where they are; those that an added one stands for are hidden.
 *
 * @tag model-picker
 * @attr {string} [data-deprecated=deprecated] It ends, and nobody knows when.
 * @attr {string} [data-until=until *] The day on which a deprecated model ends.
 * @attr {string} [data-retired=retired *] The day on which it ended, if that is known.
 * @attr {string} [data-other=Other] The group of the models without a line.
 * @attr {string} [data-unknown=Unknown] The group of what is no model.
 * @slot - A select, and whatever belongs to it.
 */
export class ModelPicker extends ModelElement {
  #models: readonly ModelInfo[] = []
  /** What was added to the select. */
  #added: readonly HTMLElement[] = []
  /** The options in it. */
  #options: readonly HTMLOptionElement[] = []
  /** The page's options that these stand for. */
  #hidden: readonly HTMLOptionElement[] = []
  readonly #changes: MutationObserver

  constructor() {
    super()
    this.#changes = new MutationObserver(() => this.#update())
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#changes.observe(this, {
      attributeFilter: ['selected', 'value'],
      characterData: true,
      childList: true,
      subtree: true,
    })
    this.#update()
  }

  load(): Promise<void> {
    // All of them: one that is saved and not offered may be a retired one.
    const query = 'limit=1000&lifecycle[]=active&lifecycle[]=deprecated&lifecycle[]=retired'
    return this.ask(query, (models) => {
      if (!this.#select) warn(this, 'no <select>')
      if (models.length > 0) this.#update(models)
    })
  }

  get #select(): HTMLSelectElement | null {
    return this.querySelector('select:not([multiple])')
  }

  /** Brings the select up to date with the page, the models and the attributes. */
  #update(models = this.#models): void {
    const select = this.#select
    if (!select) {
      // It may still come.
      this.#models = models
      return
    }
    const { options, selectedIndex, value } = select
    const isAdded = (option: Node) => this.#added.some((node) => node.contains(option))
    const written = [...options].filter((option) => !isAdded(option))
    const groups = optionGroups(this, this.#choices(models, written))
    const twinOf = ({ value: own }: { value: string }) =>
      this.#options.find((option) => option.value === own)
    this.#undo()
    this.#options = groups.flatMap((group) => [...group.children] as HTMLOptionElement[])
    const prefer = () => {
      const twin = twinOf(select)
      if (twin) twin.selected = true
      // A framework has given a hidden one another value, and chosen it, in one go.
      else if (this.#hidden.some((option) => option.selected)) this.#update()
    }
    try {
      const enabled = written.filter((option) => !option.disabled)
      this.#hidden = enabled.filter(twinOf)
      for (const option of this.#hidden) {
        // Disabled, too: in Safari, keys and menus come to what is hidden.
        option.hidden = option.disabled = true
        afterSet(option, 'selected', prefer)
      }
      // What a reset of the form brings.
      const preset = written.find((option) => option.defaultSelected) ?? enabled[0]
      const twin = preset && twinOf(preset)
      if (twin) twin.defaultSelected = true
      // For want of anything else, the first one that is not disabled is chosen: that is no model.
      const hasOther = !groups[0] || enabled.length > this.#hidden.length
      this.#added = hasOther ? groups : [new Option('', ''), ...groups]
      select.append(...this.#added)
      this.#models = models
    } catch (error) {
      this.#undo()
      throw error
    } finally {
      if (selectedIndex < 0) select.selectedIndex = -1
      else if (select.value !== value) select.value = value
      prefer()
      afterSet(select, 'selectedIndex', prefer)
      afterSet(select, 'value', (given) => {
        const wanted = String(given)
        if (given && select.value !== wanted) {
          select.append(new Option(wanted, wanted, false, true))
          this.#update()
        }
        prefer()
      })
      // All this is no news.
      this.#changes.takeRecords()
    }
  }

  /** Leaves the page's own options as the page wrote them. */
  #undo(): void {
    for (const option of this.#hidden) option.hidden = option.disabled = false
    for (const node of this.#added) node.remove()
    this.#hidden = this.#added = this.#options = []
  }

  /** The models that the page wants, and those that it has written, in its own words if need be. */
  #choices(
    models: readonly ModelInfo[],
    written: readonly HTMLOptionElement[],
  ): readonly ModelInfo[] {
    const lifecycles = this.getAttribute('lifecycle') || 'active deprecated'
    const wanted = models.filter(
      (model) => this.wants(model) && lifecycles.includes(model.lifecycle ?? 'active'),
    )
    const known = new Map(models.map((model) => [model.id, model]))
    const own = written.map(
      ({ text, value }) =>
        known.get(value) ?? ({ id: value, display_name: text, line: 'unknown' } as ModelInfo),
    )
    return [...wanted, ...own.filter(({ id }) => models.length > 0 && /^claude-/.test(id))]
  }
}
