/** The characters of a host and its port (RFC 3986, 3.2.2). */
const HOST = /^[\w.~!$&'()*+,;=%:[\]-]+$/

/**
 * Whether the `Host` that came is none: with a slash or a question mark in it, a part of it would be
 * taken for the path.
 */
export function hasBadHost({ headers }: Request): boolean {
  const host = headers.get('host')
  return host !== null && !HOST.test(host)
}

/** What caches tell answers apart by: neither the host nor any header is part of it. */
export function pathAndQuery(url: string): string {
  return url.slice(url.indexOf('/', 'https://'.length))
}
