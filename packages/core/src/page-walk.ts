import { ApiError } from './api-error.ts'
import type { ListParams } from './list-params.ts'
import type { Page } from './page.ts'

interface Bounds {
  readonly signal?: AbortSignal | undefined
  /** A walk longer than this is an error: 10,000 pages unless told. */
  readonly maxPages?: number | undefined
}

/** So many ids are remembered at once, however long the list is: some 2 MB. */
const REMEMBERED = 10_000

/**
 * The pages of a list from the parameters' place on, each asked for when it is needed.
 *
 * Of the first 10,000 items, one that comes twice is an error at once, and so on for each 10,000. An item
 * that comes twice farther apart is not noticed, but a circle is, by its cursors (Brent's algorithm): at
 * the latest when the walk is three times as long as the way to the circle's end.
 */
export async function* walkPages<Item extends { readonly id: string }>(
  ask: (params: ListParams) => Promise<Page<Item>>,
  params: ListParams,
  { signal, maxPages = 10_000 }: Bounds,
): AsyncGenerator<Page<Item>, void, undefined> {
  const cursor = params.before_id === undefined ? 'after_id' : 'before_id'
  // No page holds the item that its own cursor names.
  const met = new Set([params[cursor]])
  let mark: string | undefined
  for (let next = params, count = 1; ; count += 1) {
    signal?.throwIfAborted()
    const page = await ask(next)
    for (const { id } of page.data) {
      if (met.size === met.add(id).size) throw astray(`it comes to ${id} twice`)
    }
    yield page
    if (!page.has_more) return
    const reached = cursor === 'after_id' ? page.last_id : page.first_id
    if (!reached || page.data.length === 0) throw astray('it has more, but no cursor')
    if (reached === next[cursor] || reached === mark) throw astray('its cursor does not advance')
    if (!(count < maxPages)) throw astray(`it has more than ${maxPages} pages`)
    if (met.size > REMEMBERED) met.clear()
    const isPowerOfTwo = (count & (count - 1)) === 0
    if (isPowerOfTwo) mark = reached
    next = { ...params, [cursor]: reached }
  }
}

function astray(why: string): ApiError {
  return new ApiError(`The list cannot be walked to its end: ${why}`, { type: 'bad_pagination' })
}
