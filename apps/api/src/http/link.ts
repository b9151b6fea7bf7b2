interface Neighbours {
  /** The newest id of the page, where something newer lies before it. */
  readonly newer: string | undefined
  /** The oldest id of the page, where something older comes after it. */
  readonly older: string | undefined
}

/**
 * The pages beside a page (RFC 8288). As relative references: the host is no part of the cache's key,
 * so no answer may name it.
 */
export function linkHeader(
  path: string,
  carried: readonly (readonly [string, string])[],
  { newer, older }: Neighbours,
): Readonly<Record<string, string>> {
  const own = carried.map(([name, value]) => `${encoded(name)}=${encoded(value)}&`)
  const address = `${path}?${own.join('')}`
  const links = [
    ...(newer === undefined ? [] : [`<${address}before_id=${encoded(newer)}>; rel="prev"`]),
    ...(older === undefined ? [] : [`<${address}after_id=${encoded(older)}>; rel="next"`]),
  ]
  return links.length > 0 ? { link: links.join(', ') } : {}
}

/** As forms write it. Most texts are what they are. */
function encoded(text: string): string {
  return /^[\w.*-]+$/.test(text) ? text : new URLSearchParams([['', text]]).toString().slice(1)
}
