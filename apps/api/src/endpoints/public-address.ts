/** The address that snippets may name: whatever is more than an origin and a path is not copied by anybody. */
export function publicAddress(url: string | undefined): string | undefined {
  const parsed = URL.parse(url?.trim() ?? '')
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return undefined
  const { href, origin, pathname } = parsed
  if (href !== origin + pathname) return undefined
  const address = href.replace(/\/+$/, '')
  return /^[\w:/.\-~[\]]+$/.test(address) ? address : undefined
}
