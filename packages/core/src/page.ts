import { refuseUnless } from './api-error.ts'
import { checkListParams, DEFAULT_LIMIT, LIFECYCLES, type ListParams } from './list-params.ts'
import type { Lifecycle, ModelInfo } from './model.ts'

/** One page of a list, as the API writes it: newest first, whichever way it was reached. */
export interface Page<Model = ModelInfo> {
  readonly data: readonly Model[]
  /** Whether more lies in the direction that was asked for. */
  readonly has_more: boolean
  readonly first_id: string | null
  readonly last_id: string | null
}

/** The part of a model that paging looks at. */
type Pageable = Pick<ModelInfo, 'id' | 'lifecycle'>

/**
 * The page of a catalogue (newest first) that the parameters ask for: the inverse of `listPages`.
 * The catalogue is indexed once, so it must not change afterwards; a page then costs its own length.
 */
export function pageOf<Model extends Pageable>(
  models: readonly Model[],
  params: ListParams = {},
): Page<Model> {
  checkListParams(params)
  const { after_id, before_id, lifecycle, limit = DEFAULT_LIMIT } = params
  const index = indexOf(models)
  const shown = index.shown(lifecycle)
  let start = 0
  let end = start + limit
  if (after_id !== undefined) {
    start = countBelow(shown, index.position('after_id', after_id) + 1)
    end = start + limit
  }
  if (before_id !== undefined) {
    end = countBelow(shown, index.position('before_id', before_id))
    start = Math.max(0, end - limit)
  }
  const data = shown.slice(start, end).flatMap((position) => models[position] ?? [])
  return {
    data,
    has_more: before_id === undefined ? end < shown.length : start > 0,
    first_id: data[0]?.id ?? null,
    last_id: data.at(-1)?.id ?? null,
  }
}

type Cursor = 'after_id' | 'before_id'

class Index {
  readonly #models: readonly Pageable[]
  readonly #positions: Readonly<Record<Cursor, ReadonlyMap<string, number>>>
  readonly #shown = new Map<string, readonly number[]>()

  constructor(models: readonly Pageable[]) {
    this.#models = models
    // Of an id that comes twice, the place farther back counts: whoever walks on from there meets it again.
    const places = models.map(({ id }, position) => [id, position] as const)
    this.#positions = { after_id: new Map(places.toReversed()), before_id: new Map(places) }
  }

  /** A cursor need only exist: it may name a model that the filter leaves out. */
  position(name: Cursor, id: string): number {
    const position = this.#positions[name].get(id)
    refuseUnless(position !== undefined, `Invalid pagination cursor for '${name}'`)
    return position
  }

  /** The positions of the models that a filter lets through, ascending. */
  shown(filter: readonly Lifecycle[] | undefined): readonly number[] {
    const wanted: readonly string[] = LIFECYCLES.filter((known) => filter?.includes(known))
    const key = wanted.join()
    let positions = this.#shown.get(key)
    if (!positions) {
      positions = this.#models.flatMap(({ lifecycle }, position) => {
        const lived = lifecycle ?? 'active'
        return (wanted.length > 0 ? wanted.includes(lived) : lived !== 'retired') ? position : []
      })
      this.#shown.set(key, positions)
    }
    return positions
  }
}

const indexes = new WeakMap<readonly Pageable[], Index>()

function indexOf(models: readonly Pageable[]): Index {
  const index = indexes.get(models) ?? new Index(models)
  indexes.set(models, index)
  return index
}

/** How many of the ascending numbers are smaller than the bound. */
function countBelow(ascending: readonly number[], bound: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ascending[middle] as number) < bound) low = middle + 1
    else high = middle
  }
  return low
}
