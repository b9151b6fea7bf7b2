import { IttyRouter } from 'itty-router'
import type { Asked, Route } from './routes.ts'

/** No address that people write is longer. */
const MAX_TARGET = 512

/** The route of a path and query, whatever host they were sent to. */
export interface Match {
  readonly route: Route
  /** What the answer is remembered for, if it is: the path, and what the route reads of the query. */
  readonly key: string | undefined
  readonly asked: Asked
}

/** Finds the route of a path and query. */
export function matcherOf(
  routes: Readonly<Record<string, Route>>,
): (target: string) => Match | undefined {
  const router = IttyRouter()
  for (const path of Object.keys(routes)) router.get(path, () => undefined)
  const inOrder = Object.values(routes)
  return (target) => {
    const [path, search] = split(target)
    // Its patterns alone are asked: its `fetch` would parse the address and the query once more.
    for (const [place, [, pattern]] of router.routes.entries()) {
      const found = pattern.exec(path)
      const route = inOrder[place]
      if (!found || !route) continue
      // The router is lenient about slashes at the end; a cache would keep both spellings.
      if (path.length > 1 && path.endsWith('/')) break
      const [name = '', other = ''] = Object.values(found.groups ?? {})
      const query = readBy(route, search)
      // A short key would keep the long address that it was cut out of in memory.
      const isShort = target.length <= MAX_TARGET
      const key = query ? `${path}?${query}` : path
      return { route, key: isShort ? key : undefined, asked: { name, other, query } }
    }
    return undefined
  }
}

/** Paths that mean what is written: without dots as segments, codes and characters that URLs rewrite. */
const PLAIN = /^\/(?:[\w~@:-][\w.~@:-]*(?:\/|$))*$/

/** The path as it is meant, and the query as it is written. */
function split(target: string): readonly [path: string, search: string] {
  const end = target.indexOf('?')
  const written = end === -1 ? target : target.slice(0, end)
  if (PLAIN.test(written)) return [written, end === -1 ? '' : target.slice(end + 1)]
  const { pathname, search } = new URL(`http://host${target}`)
  return [pathname, search.slice(1)]
}

/** What is read of a query. A name that is written otherwise than plainly stays, too. */
function readBy(route: Route, search: string): string {
  const names = 'reads' in route ? route.reads : []
  if (names.length === 0) return ''
  const pairs = search.split('&').filter((pair) => {
    const name = pair.replace(/=.*/s, '')
    return names.includes(name) || name.includes('%')
  })
  return pairs.join('&')
}
