import { lifecycleQuery } from './address.ts'
import { styleList } from './list-style.ts'
import { modelCard } from './model-card.ts'
import { ModelElement } from './model-element.ts'
import { piece } from './piece.ts'
import { say } from './texts.ts'

/**
 * `<model-list>`: the current models. Its children are shown until there are models, and when there
 * are none.
 *
 * @tag model-list
 * @attr {number} [limit=20] How many models a page has, 1 to 1000.
 * @attr {string} [data-copy=copy] The button that copies an id.
 * @attr {string} [data-copied=copied] What it says then.
 * @attr {string} [data-more=more] The button for the next page.
 * @attr {string} [data-loading=loading]
 * @attr {string} [data-models=* model; * models] How many there are: for one, and for more.
 * @attr {string} [data-so-far=* so far] How many there are while there are more to come.
 * @attr {string} [data-context=* context] The context window.
 * @attr {string} [data-output=* output] The most that one answer can hold.
 * @attr {string} [data-released=released *] The day of its release.
 * @attr {string} [data-retires=retires *] In how many days it ends.
 * @attr {string} [data-overdue=overdue] It should have ended.
 * @attr {string} [data-retired=retired *] The day on which it ended, if that is known.
 * @attr {string} [data-deprecated=deprecated] It ends, and nobody knows when.
 * @fires {CustomEvent<string>} copy-id - An id was copied; detail is the id.
 * @slot - What is shown until there are models, and when there are none.
 * @csspart list - The list.
 * @csspart model - A model.
 * @csspart name - Its name.
 * @csspart badge - Where it stands, if not active. Also has the part deprecated, retires, overdue or retired.
 * @csspart facts - The line of context, output and date.
 * @csspart context - Its context window.
 * @csspart output - The most that one answer can hold.
 * @csspart date - The day of its release.
 * @csspart id - Its id.
 * @csspart copy - The button that copies the id.
 * @csspart more - The button for the next page.
 * @csspart status - What is announced: loading, how many models, what was copied.
 * @cssprop [--model-accent=light-dark(#850, #fb5)] The badges' colour.
 * @cssprop [--model-rule=#8884] The borders' colour.
 * @cssprop [--model-muted=0.75] The opacity of what is not a name.
 */
export class ModelList extends ModelElement {
  readonly #list: HTMLElement
  readonly #more: HTMLElement
  readonly #status: HTMLElement

  constructor() {
    super()
    this.#list = piece('ul', 'list')
    this.#more = piece('button', 'more')
    this.#status = piece('output', 'status')
    // Safari takes the role away from a list without bullets.
    this.#list.setAttribute('role', 'list')
    const root = this.attachShadow({ mode: 'open' })
    styleList(root)
    root.append(this.#list, piece('slot'), this.#more, this.#status)
  }

  /** Asks now, wherever the element is: for the first page, or for the one after a model. */
  load(after = ''): Promise<void> {
    const given = this.getAttribute('limit') || '20'
    const limit = Number(given)
    // The API knows no filter by line, and says what is wrong with a limit that is none.
    const size = limit && this.getAttribute('line') ? 1000 : given
    const cursor = after && `&after_id=${encodeURIComponent(after)}`
    const lifecycles = lifecycleQuery(this.getAttribute('lifecycle'))
    this.#status.textContent = say(this, 'loading')
    return this.ask(`limit=${size}${cursor}${lifecycles}`, (all, page) => {
      const models = all.filter((model) => this.wants(model))
      const rows = models
        .slice(0, limit)
        .map((model) => modelCard(this, model, this.#copy(model.id)))
      const last = models[limit] ? models[limit - 1] : page?.has_more ? all.at(-1) : undefined
      const next = page ? last?.id : after
      if (!after) this.#list.replaceChildren()
      this.#list.append(...rows)
      const count = this.#list.children.length
      this.#more.textContent = next ? say(this, 'more') : ''
      this.#more.onclick = () => void this.load(next)
      this.#status.textContent = count ? say(this, next ? 'soFar' : 'models', String(count)) : ''
      // The button that had the focus is gone.
      if (after && !next) rows[0]?.querySelector('button')?.focus()
    })
  }

  #copy(id: string): HTMLElement {
    const text = say(this, 'copy')
    const button = piece('button', 'copy', text)
    button.setAttribute('aria-label', `${text} ${id}`)
    button.onclick = async () => {
      try {
        await navigator.clipboard.writeText(id)
      } catch {
        // No clipboard, or no permission: one key is left to press.
        getSelection()?.selectAllChildren(button.previousElementSibling as Element)
        return
      }
      const copied = say(this, 'copied')
      button.textContent = copied
      this.#status.textContent = `${copied} ${id}`
      this.dispatchEvent(new CustomEvent('copy-id', { detail: id }))
      setTimeout(() => (button.textContent = text), 2000)
    }
    return button
  }
}
