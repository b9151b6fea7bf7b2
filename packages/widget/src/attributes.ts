/** What attributes may say, where not everything is right. */
const patterns: Readonly<Record<string, RegExp>> = {
  lifecycle: /^(active|deprecated|retired|\W)*$/,
  limit: /^([1-9]\d{0,2}|1000)$/,
}

/** @internal Tells whoever writes the page of mistakes in it. */
export function checkAttributes(element: Element): void {
  for (const { name, value } of element.attributes)
    if (patterns[name]?.test(value) === false) warn(element, `${name}="${value}" is not valid`)
}

export function warn(element: Element, mistake: string): void {
  // oxlint-disable-next-line no-console -- Where people look when a page does not do what they meant.
  console.warn(element, mistake)
}

/** Where the models are, by the attribute `src`. */
export function addressOf(element: Element, query: string): URL {
  const src = element.getAttribute('src') ?? new URL('/', import.meta.url).href
  const url = new URL(src.replace(/(\/v1)?\/*$/, '/v1/models?') + query, document.baseURI)
  if (/^http/.test(url.href)) return url
  throw new Error('not http')
}
