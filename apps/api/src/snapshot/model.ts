import type { ModelInfo } from '@models-edge/core'

/** A model as it came over the wire, with the few fields that serving looks at. */
export interface StoredModel extends Readonly<
  Pick<ModelInfo, 'id' | 'lifecycle' | 'deprecated_at' | 'retires_at'>
> {
  readonly json: string
}

/** Reads the fields that serving looks at; throws where the text is no model. */
export function storedModel(json: string): StoredModel {
  return storedOf(JSON.parse(json) as Partial<ModelInfo> | null, json)
}

/** The same of a text that has been parsed. */
export function storedOf(model: Partial<ModelInfo> | null, json: string): StoredModel {
  const { id, lifecycle, deprecated_at, retires_at } = model ?? {}
  if (typeof id !== 'string') throw new TypeError('expected a model with an id')
  // Half a surrogate pair is valid JSON, and nothing that a table could hold.
  return { id: id.toWellFormed(), lifecycle, deprecated_at, retires_at, json } as StoredModel
}
