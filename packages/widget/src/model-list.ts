import type { ModelInfo } from '@models-edge/core'
import { ModelElement, day, emit, locale, say } from './model-element.ts'

// In the order that packs best.
const css =
  'button:empty,ul:not(:empty)+slot{display:none}' +
  'button{background:none;font-family:inherit;color:inherit;padding:0 1em}' +
  'li{padding:1em}' +
  'li,button{border:1px solid var(--model-rule,#8884);border-radius:1em}' +
  'li,:host{display:block}' +
  'ul{display:grid;padding:0;grid:auto/repeat(auto-fill,minmax(16em,1fr));gap:1em}' +
  'bdi{font-weight:bold}' +
  // Not only for looks: a block of its own keeps its number and its word together from right to left.
  'span{display:inline-block}' +
  'code,span,button{margin-inline-end:1em}' +
  'b,button,div,output{font-size:.85em}' +
  // A block that is no wider than its text.
  'b{display:table;color:var(--model-accent,light-dark(#850,#fb5))}' +
  'code,div,output{opacity:var(--model-muted,.75)}'

/**
 * `<model-list>`: the current models. Its children are shown until there are models, and when there
 * are none.
 */
export class ModelList extends ModelElement {
  readonly #list = piece('ul', 'list')
  readonly #more = piece('button', 'more')
  readonly #status = piece('output', 'status')

  constructor() {
    super()
    const root = this.attachShadow({ mode: 'open' })
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets.push(sheet)
    root.append(this.#list, piece('slot'), this.#more, this.#status)
    // Safari takes the role away from a list without bullets.
    this.#list.role = 'list'
  }

  /** Asks now, wherever the element is: for the first page, or for the one after a model. */
  load(after = ''): Promise<void> {
    const limit = Number(this.getAttribute('limit') ?? 20)
    this.#status.textContent = say(this, 'loading')
    return this.ask(
      // The API knows no filter by line.
      (this.getAttribute('line') ? 1000 : limit) +
        (after && '&after_id=' + encodeURIComponent(after)),
      (models, page) => {
        const rows = models.slice(0, limit).map((model) => this.#row(model))
        const last = models[limit] ? models[limit - 1] : page?.has_more ? page.data.at(-1) : null
        const next = page ? last?.id : after
        if (!after) this.#list.replaceChildren()
        this.#list.append(...rows)
        const count = this.#list.children.length
        this.#more.textContent = next ? say(this, 'more') : ''
        this.#more.onclick = () => void this.load(next)
        this.#status.textContent = count ? say(this, 'models: *', String(count)) : ''
        // The button that had the focus is gone.
        if (after && !next) rows[0]?.querySelector('button')?.focus()
      },
    )
  }

  #row(model: ModelInfo): HTMLElement {
    const { id, lifecycle } = model
    const locales = locale(this)
    const tokens = (part: string, count: number | null | undefined) =>
      count &&
      piece(
        'span',
        part,
        say(this, '* ' + part, count.toLocaleString(locales, { notation: 'compact' })),
      )
    const days = Math.ceil((Date.parse(model.retires_at as string) - Date.now()) / 864e5)
    const badge =
      lifecycle === 'deprecated' && days > 0
        ? 'retires *'
        : lifecycle === 'deprecated' && days <= 0
          ? 'overdue'
          : lifecycle
    const code = piece('code', 'id', id)
    const copy = piece('button', 'copy', say(this, 'copy'))
    copy.ariaLabel = say(this, 'copy') + ' ' + id
    copy.onclick = async () => {
      try {
        await navigator.clipboard.writeText(id)
        this.#status.textContent = (copy.textContent = say(this, 'copied')) + ' ' + id
        emit(this, 'copy-id', id)
        setTimeout(() => (copy.textContent = say(this, 'copy')), 2e3)
      } catch {
        // No clipboard, or no permission: one key is left to press.
        getSelection()?.selectAllChildren(code)
      }
    }
    return piece(
      'li',
      'model',
      piece('bdi', 'name', model.display_name),
      badge &&
        badge !== 'active' &&
        piece(
          'b',
          `badge ${badge}`,
          say(this, badge, new Intl.RelativeTimeFormat(locales).format(days || 0, 'day')),
        ),
      piece(
        'div',
        'facts',
        tokens('context', model.max_input_tokens),
        tokens('output', model.max_tokens),
        // A day in 1970 says that nobody knows.
        Date.parse(model.created_at) > 1e9 && piece('span', 'date', day(model.created_at, this)),
      ),
      code,
      copy,
    )
  }
}

/** An element that the page can style. Children are nodes or text, never markup. */
function piece(
  tag: string,
  part = '',
  ...children: (Node | string | number | boolean | null | undefined)[]
): HTMLElement {
  const node = document.createElement(tag)
  node.part = part
  node.append(...(children.filter((child) => child) as Node[]))
  return node
}
