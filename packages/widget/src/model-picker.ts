import type { ModelInfo } from '@models-edge/core'
import { afterSet } from './after-set.ts'
import { lifecycleQuery } from './address.ts'
import { ModelElement } from './model-element.ts'
import { optionGroups } from './option-groups.ts'

// The markup itself says what is ours, so that it can be told in a copy, too.
const ADDED = '[data-by=model-picker]'
const HIDDEN = '[hidden=model-picker]'

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
  /** The one that is filled. */
  #select: HTMLSelectElement | null = null
  readonly #changes: MutationObserver

  constructor() {
    super()
    this.#changes = new MutationObserver((records) => this.#react(records))
  }

  override connectedCallback(): void {
    this.#changes.observe(this, {
      attributeFilter: ['disabled', 'hidden', 'multiple', 'selected', 'value'],
      characterData: true,
      childList: true,
      subtree: true,
    })
    this.#update()
    super.connectedCallback()
  }

  load(): Promise<void> {
    // All of them: one that is saved and not offered may be a retired one. And the page's: one may be wrong.
    const lifecycles = `active deprecated retired ${this.getAttribute('lifecycle') ?? ''}`
    return this.ask(`limit=1000${lifecycleQuery(lifecycles)}`, (models) => {
      if (models.length > 0) {
        this.#update(undefined, models)
        this.#models = models
      }
      if (!this.#select) this.warn('no <select>')
    })
  }

  /** The select, unless it belongs to a picker in this one. */
  #find(): HTMLSelectElement | null {
    return this.querySelector('select:not([multiple],:scope model-picker *)')
  }

  /** To what the page does in the select; what others write into the added options is theirs. */
  #react(records: readonly MutationRecord[]): void {
    const select = this.#select
    const isPages = ({ target }: MutationRecord) =>
      select?.contains(target) && !target.parentElement?.closest(ADDED)
    if (select === this.#find() && !records.some(isPages)) return
    // The page took what was chosen away, and the browser chose the next one.
    const isGone = records.some(({ removedNodes }) =>
      [...removedNodes].some((node) => (node as HTMLOptionElement).selected),
    )
    if (isGone && select?.selectedOptions[0]?.closest(ADDED)) select.selectedIndex = -1
    this.#update()
  }

  /** Brings the select up to date with the page, the models, the attributes, and a value that it lacks. */
  #update(wanted?: string, models = this.#models): void {
    const select = this.#find()
    if (select !== this.#select) this.#exchange(select)
    if (!select) return
    const value = wanted ?? chosenIn(select)
    empty(select)
    try {
      this.#fill(select, models, value)
    } finally {
      select.selectedIndex = placeOf(select, value)
      // All this is no news.
      this.#changes.takeRecords()
    }
  }

  /** Leaves a select for another. */
  #exchange(select: HTMLSelectElement | null): void {
    if (this.#select) empty(this.#select)
    this.#select = select
    if (!select) return
    afterSet(select, 'value', (value) => this.#settle(select, value))
    for (const target of [select, select.options])
      afterSet(target, 'selectedIndex', () => this.#settle(select))
    // Where the element has no box, its select has one.
    if (!this.hasAttribute('aria-busy')) super.connectedCallback()
  }

  /** Chooses what stands for a value, after a script has set it. */
  #settle(select: HTMLSelectElement, given?: unknown): void {
    if (select !== this.#select) return
    const wanted = String(given)
    const value = given ? wanted : chosenIn(select)
    const place = placeOf(select, value)
    if (value && place < 0) this.#update(value)
    else if (place !== select.selectedIndex) select.selectedIndex = place
  }

  /** Adds the models that the page wants, those that it has written, and the chosen one; each once. */
  #fill(select: HTMLSelectElement, models: readonly ModelInfo[], value = ''): void {
    const written = [...select.options]
    const free = written.filter((option) =>
      option.matches(':not([hidden],[disabled],optgroup:is([hidden],[disabled])>*)'),
    )
    const replaced = free.filter((option) => models[0] && /^claude-/.test(option.value))
    const lifecycles = this.getAttribute('lifecycle') || 'active deprecated'
    const offered = models.filter(
      (model) => this.wants(model) && lifecycles.includes(model.lifecycle ?? 'active'),
    )
    const named = [new Option(value, value), ...replaced].map(
      ({ label, value: id }) =>
        models.find((model) => model.id === id) ??
        ({ id, display_name: label || id, line: 'unknown' } as ModelInfo),
    )
    const choices = new Map([...offered, ...named].map((model) => [model.id, model]))
    for (const option of [...written, new Option()])
      if (!replaced.includes(option)) choices.delete(option.value)
    // What a reset of the form brings: of several, the last one.
    const presets = written.filter((option) => option.defaultSelected)
    const preset = presets.at(-1) ?? free[0]
    const groups = optionGroups(this, choices.values(), preset?.value)
    // For want of anything else, the first one that is not disabled is chosen: that is no model.
    const hasOther = !groups[0] || free.length > replaced.length
    const added = hasOther ? groups : [new Option(), ...groups]
    for (const node of added) node.dataset['by'] = 'model-picker'
    select.append(...added)
    for (const option of replaced) {
      hide(option)
      afterSet(option, 'selected', () => this.#settle(select))
      const group = option.closest('optgroup')
      if (group && !group.querySelector('option:not([hidden])')) hide(group)
    }
  }
}

/** Leaves the page's own options as the page wrote them. */
function empty(select: HTMLSelectElement): void {
  const value = chosenIn(select)
  for (const node of select.querySelectorAll(ADDED)) node.remove()
  for (const name of ['hidden', 'disabled'])
    for (const node of select.querySelectorAll(`[${name}=model-picker]`)) node.removeAttribute(name)
  select.selectedIndex = placeOf(select, value)
}

function hide(node: Element): void {
  // Disabled, too: in Safari, keys and menus come to what is hidden.
  for (const name of ['hidden', 'disabled']) node.setAttribute(name, 'model-picker')
}

function chosenIn(select: HTMLSelectElement): string | undefined {
  return select.selectedOptions[0]?.value
}

/** Where the option is that shows a value. */
function placeOf({ options }: HTMLSelectElement, value: string | undefined): number {
  return [...options].findIndex((option) => option.value === value && !option.matches(HIDDEN))
}
