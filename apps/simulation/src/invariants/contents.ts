import type { Change } from '@models-edge/core'
import { type Values, valuesOf } from './value.ts'

interface Page<Item> {
  readonly data: readonly Item[]
}

/** What answers say, read once for each text. */
export class Contents {
  readonly #values = new Map<string, Values>()
  readonly #changes = new Map<string, readonly Change[]>()

  /** Of an answer with the whole list. */
  models(etag: string, text: string): Values {
    const known = this.#values.get(etag)
    if (known) return known
    const { data } = JSON.parse(text) as Page<{ readonly id: string }>
    const values = valuesOf(data.map((model) => [model.id, JSON.stringify(model)]))
    this.#values.set(etag, values)
    return values
  }

  /** Of an answer with the whole history, newest first. */
  changes(etag: string, text: string): readonly Change[] {
    const known = this.#changes.get(etag)
    if (known) return known
    const { data } = JSON.parse(text) as Page<Change>
    this.#changes.set(etag, data)
    return data
  }
}
