/** Where the models are, by the attribute `src`. */
export function addressOf(element: Element, query: string): URL {
  const src = element.getAttribute('src') ?? new URL('/', import.meta.url).href
  const url = new URL(src.replace(/(\/v1)?\/*$/, '/v1/models?') + query, document.baseURI)
  if (/^http/.test(url.href)) return url
  throw new Error('not http')
}

/** The words of an attribute, each once. The API says what is wrong with those that are no lifecycles. */
export function lifecycleQuery(words: string | null): string {
  return Array.from(new Set(words?.match(/\w+/g)), (word) => `&lifecycle[]=${word}`).join('')
}
