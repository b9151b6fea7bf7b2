import { refuseUnless } from './api-error.ts'
import { checkPageParams, DEFAULT_LIMIT, type PageParams } from './page-params.ts'
import type { Page } from './page.ts'

/** Where a cursor lies: the index of the first item that is not before it, and of the first one after it. */
export interface Place {
  readonly before: number
  readonly after: number
}

/** The place of a cursor; undefined for one that the list does not know. */
type FindPlace = (cursor: string) => Place | undefined

/**
 * A list that is paged, newest first: made once, read often. The other side of `listPages`.
 *
 * @example
 * ```ts
 * import { PagedList, parsePageQuery } from '@models-edge/core'
 *
 * const list = new PagedList([{ id: 'newer' }, { id: 'older' }])
 * const params = parsePageQuery(new URL('https://models.example/?limit=1').searchParams)
 * console.log(list.page(params).has_more)
 * ```
 */
export class PagedList<Item extends { readonly id: string }> {
  /** Newest first. They must not change: the list remembers where they are. */
  readonly items: readonly Item[]
  readonly #place: FindPlace

  /** A cursor is the id of an item, unless `place` says where other cursors lie. */
  constructor(items: readonly Item[], place: FindPlace = placesById(items)) {
    this.items = items
    this.#place = place
  }

  /**
   * The page that the parameters ask for, of the items that are shown. A cursor may name an item that is
   * not shown.
   *
   * @throws {ApiError} 400, on a cursor that the list does not know, and on what `listRequest` refuses.
   */
  page(params: PageParams = {}, shows: (item: Item) => boolean = () => true): Page<Item> {
    checkPageParams(params)
    const { after_id, before_id, limit = DEFAULT_LIMIT } = params
    const step = before_id === undefined ? 1 : -1
    let index = 0
    if (after_id !== undefined) index = this.#find('after_id', after_id).after
    if (before_id !== undefined) index = this.#find('before_id', before_id).before - 1
    const found: Item[] = []
    // One more than the page holds tells whether there is more.
    for (; found.length <= limit; index += step) {
      const item = this.items[index]
      if (item === undefined) break
      if (shows(item)) found.push(item)
    }
    const data = found.slice(0, limit)
    if (before_id !== undefined) data.reverse()
    return {
      data,
      has_more: found.length > limit,
      first_id: data[0]?.id ?? null,
      last_id: data.at(-1)?.id ?? null,
    }
  }

  #find(name: string, cursor: string): Place {
    const place = this.#place(cursor)
    refuseUnless(place, `Invalid pagination cursor for '${name}'`)
    return place
  }
}

/** Indexed by the first cursor, since most lists are read from their beginning. */
function placesById(items: readonly { readonly id: string }[]): FindPlace {
  let places: Map<string, Place> | undefined
  return (cursor) => {
    places ??= indexed(items)
    return places.get(cursor)
  }
}

function indexed(items: readonly { readonly id: string }[]): Map<string, Place> {
  const places = new Map<string, Place>()
  for (const [index, { id }] of items.entries()) {
    // Of an id that comes twice, the place farther back counts: whoever walks on from there meets it again.
    places.set(id, { before: index, after: places.get(id)?.after ?? index + 1 })
  }
  return places
}
