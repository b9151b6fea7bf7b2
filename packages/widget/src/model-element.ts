import type { ModelInfo, Page } from '@models-edge/core'

/** A server has no `HTMLElement`: there the classes can be imported, and that is all. */
const Base = globalThis.HTMLElement ?? (Object as unknown as typeof HTMLElement)

/** What both elements do: ask for models when they come near the viewport, and tell how that went. */
export abstract class ModelElement extends Base {
  static readonly observedAttributes = ['lifecycle', 'limit', 'line', 'src']

  #loading: AbortController | undefined
  readonly #near = new IntersectionObserver(
    (entries) => {
      if (entries.at(-1)?.isIntersecting) void this.load()
    },
    { rootMargin: '100%' },
  )

  /** Asks now, wherever the element is. Whatever it was waiting for is aborted. */
  abstract load(): Promise<void>

  connectedCallback(): void {
    this.disconnectedCallback()
    // Also what makes one request of many changes: the observer reports once a frame.
    this.#near.observe(this)
  }

  attributeChangedCallback(): void {
    this.connectedCallback()
  }

  disconnectedCallback(): void {
    this.#near.disconnect()
    this.#loading?.abort()
  }

  /** @internal Gets a page, and shows the models of the line; none if anything fails on the way. */
  async ask(
    query: string,
    show: (models: readonly ModelInfo[], page?: Page) => void,
  ): Promise<void> {
    this.disconnectedCallback()
    let outcome = 'load'
    const { signal } = (this.#loading = new AbortController())
    emit(this, 'loadstart')
    try {
      const url = new URL(
        (this.getAttribute('src') ?? new URL(import.meta.url).origin).replace(
          /\/*$/,
          '/v1/models?limit=',
        ) +
          query +
          (this.getAttribute('lifecycle')?.replace(/\W*(\w+)/g, '&lifecycle[]=$1') ?? ''),
        document.baseURI,
      )
      // No header of ours, so no preflight; and no other protocol, for `//` is no URL.
      const answer = await fetch(/^http/.test(url.protocol) ? url : '//', {
        credentials: 'omit',
        signal,
      })
      const page = (await answer.json()) as Page
      if (signal.aborted) return
      show(
        page.data.filter(
          ({ id, line }) => id && ['', null, line ?? 'other'].includes(this.getAttribute('line')),
        ),
        page,
      )
    } catch {
      if (signal.aborted) return
      outcome = 'error'
      show([])
    }
    emit(this, outcome)
    emit(this, 'loadend')
  }
}

/** Tells the page, in the events of `<img>`. */
export function emit(element: Element, type: string, detail?: string): void {
  element.ariaBusy = String(type === 'loadstart')
  element.dispatchEvent(new CustomEvent(type, { detail }))
}

/** One of the few texts, with a value for its star. `data-` and the text's word replace it. */
export function say({ dataset }: HTMLElement, text: string, value = ''): string {
  return (dataset[text.replace(/\W/g, '')] ?? text).replace('*', value)
}

/** A day as people write it. The API's days begin in UTC. */
export function day(iso: string, element: Element): string {
  return new Date(iso).toLocaleDateString(locale(element), { timeZone: 'UTC', dateStyle: 'medium' })
}

/** The nearest language, if `Intl` understands it. */
export function locale(element: Element): string[] | undefined {
  try {
    return Intl.getCanonicalLocales(element.closest<HTMLElement>('[lang]')?.lang)
  } catch {
    // An empty or malformed one is as good as none.
    return undefined
  }
}
