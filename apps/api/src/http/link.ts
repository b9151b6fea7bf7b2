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
  const links = [
    ...(newer === undefined ? [] : [`<${path}?${withCursor('before_id', newer)}>; rel="prev"`]),
    ...(older === undefined ? [] : [`<${path}?${withCursor('after_id', older)}>; rel="next"`]),
  ]
  return links.length > 0 ? { link: links.join(', ') } : {}

  function withCursor(name: string, id: string): string {
    return new URLSearchParams([...carried, [name, id]]).toString()
  }
}
