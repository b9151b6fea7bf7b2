import type { PublicView } from './public-view.ts'

/** What a name stands for, or stood for. */
export interface KnownName {
  readonly id: string
  /** The model, as it is listed or was listed last. */
  readonly json: string
  /** Of a past alias: since when it stands for nothing. */
  readonly since?: string
  /** Since when the model is listed no longer. */
  readonly removedAt?: string | undefined
}

/** Ids and aliases, and those that were in use; undefined where nobody knows a model of that name. */
export function knownName(view: PublicView, name: string): KnownName | undefined {
  const model = view.find(name)
  if (model) return { id: model.id, json: model.json }
  const past = view.findPast(name)
  if (!past) return undefined
  const { id, json, since } = past
  if (json !== undefined) return { id, json, removedAt: since }
  const was = view.find(id)
  if (was) return { id, json: was.json, since }
  const gone = view.findPast(id)
  return gone?.json === undefined
    ? undefined
    : { id, json: gone.json, since, removedAt: gone.since }
}
