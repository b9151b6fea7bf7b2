/** The nearest language, if `Intl` understands it. */
export function languageOf(element: Element): string[] | undefined {
  try {
    return Intl.getCanonicalLocales(element.closest<HTMLElement>('[lang]')?.lang)
  } catch {
    // An empty or malformed one is as good as none.
    return undefined
  }
}

/** A day as people write it, or nothing if nobody knows it: the API then says null, or 1970. */
export function dayIn(element: Element, iso: string | null | undefined): string {
  const time = Date.parse(iso ?? '')
  // The API's days begin in UTC.
  const options = { timeZone: 'UTC', dateStyle: 'medium' } as const
  return time > 1e9 ? new Date(time).toLocaleDateString(languageOf(element), options) : ''
}
