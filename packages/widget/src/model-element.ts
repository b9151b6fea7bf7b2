import type { ModelInfo, Page } from '@models-edge/core'
import { addressOf } from './address.ts'

/** A server has no `HTMLElement`: there the classes can be imported, and that is all. */
const Base = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement)

/**
 * What both elements do: ask for models when they come near the viewport, and tell how that went.
 *
 * @attr {string} src - The API's base, http or https, with /v1 or without; relative to the document's base. Unless given, the origin of the script.
 * @attr {string} [lifecycle=active deprecated] One or more of active, deprecated and retired.
 * @attr {string} line - Only the models of this line; other are those without one.
 * @fires {CustomEvent} loadstart - It asks.
 * @fires {CustomEvent} load - There is an answer.
 * @fires {CustomEvent<Error>} error - There is none, or not one that could be understood; detail says why.
 * @fires {CustomEvent} loadend - Either way.
 */
export abstract class ModelElement extends Base {
  static readonly observedAttributes = ['lifecycle', 'limit', 'line', 'src']

  readonly #nearness: IntersectionObserver
  #request: AbortController | undefined

  constructor() {
    super()
    // Not beside its field: Safari before 16 has a fault there (https://webkit.org/b/236843).
    this.#nearness = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void this.load()
      },
      { rootMargin: '100%' },
    )
  }

  /** Asks now, wherever the element is. Whatever it was waiting for is aborted. */
  abstract load(): Promise<void>

  connectedCallback(): void {
    this.disconnectedCallback()
    // Also what makes one request of many changes: the observer reports once a frame.
    this.#nearness.observe(this)
    // The element itself has no box where it is `display: contents`.
    for (const box of (this.shadowRoot ?? this).querySelectorAll('*')) this.#nearness.observe(box)
  }

  attributeChangedCallback(): void {
    this.connectedCallback()
  }

  disconnectedCallback(): void {
    this.#nearness.disconnect()
    this.#request?.abort()
    this.removeAttribute('aria-busy')
  }

  /** @internal Gets a page and shows its models, or none if anything fails on the way. */
  async ask(
    query: string,
    show: (models: readonly ModelInfo[], page?: Page) => void,
  ): Promise<void> {
    this.disconnectedCallback()
    const { signal } = (this.#request = new AbortController())
    let asked: string | URL = `src="${this.getAttribute('src') ?? ''}"`
    let problem: Error | undefined
    this.#tell('loadstart')
    try {
      asked = addressOf(this, query)
      // No header of ours, so no preflight.
      const answer = await fetch(asked, { credentials: 'omit', signal })
      if (!answer.ok) throw new Error(`status ${answer.status} ${await answer.text()}`)
      const page = (await answer.json()) as Page
      if (signal.aborted) return
      show(page.data, page)
    } catch (cause) {
      if (signal.aborted) return
      problem = new Error(`${asked}: ${(cause as Error).message}`, { cause })
      this.warn(problem)
      show([])
    }
    this.#tell(problem ? 'error' : 'load', problem)
    this.#tell('loadend')
  }

  /** @internal Tells whoever writes the page of mistakes in it. */
  warn(mistake: unknown): void {
    // oxlint-disable-next-line no-console -- Where people look when a page does not do what they meant.
    console.warn(this, mistake)
  }

  /** @internal Whether a model is one, and of the line that the page wants. */
  wants({ id, line }: ModelInfo): boolean {
    return Boolean(id) && ['', null, line ?? 'other'].includes(this.getAttribute('line'))
  }

  /** Tells the page, in the events of `<img>`. */
  #tell(type: string, detail?: Error): void {
    this.setAttribute('aria-busy', String(type === 'loadstart'))
    this.dispatchEvent(new CustomEvent(type, { detail }))
  }
}
