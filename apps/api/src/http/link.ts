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
  carried: URLSearchParams,
  { newer, older }: Neighbours,
): Readonly<Record<string, string>> {
  const own = carried.toString()
  const address = `${path}?${own}${own && '&'}`
  const links = [
    ...(newer === undefined ? [] : [`<${address}before_id=${encoded(newer)}>; rel="prev"`]),
    ...(older === undefined ? [] : [`<${address}after_id=${encoded(older)}>; rel="next"`]),
  ]
  return links.length > 0 ? { link: links.join(', ') } : {}
}

/** As forms write it. Most ids are what they are. */
function encoded(id: string): string {
  return /^[\w.*-]+$/.test(id) ? id : new URLSearchParams([['', id]]).toString().slice(1)
}
