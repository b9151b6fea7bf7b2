import type { PublicView } from './public-view.ts'

/** What a name stands for, or stood for. */
export interface KnownName {
  readonly kind: 'alias' | 'id' | 'past_alias' | 'removed'
  readonly id: string
  /** The model, as it is listed or was listed last. */
  readonly json: string
  /** Since when a past alias stands for nothing, or a model is listed no longer. */
  readonly since?: string
}

/** Ids and aliases, and those that were in use; undefined where nobody knows a model of that name. */
export function knownName(view: PublicView, name: string): KnownName | undefined {
  const model = view.find(name)
  if (model) return { kind: model.id === name ? 'id' : 'alias', id: model.id, json: model.json }
  const past = view.findPast(name)
  if (!past) return undefined
  const { id, json, since } = past
  if (json !== undefined) return { kind: 'removed', id, json, since }
  const was = view.find(id)?.json ?? view.findPast(id)?.json
  return was === undefined ? undefined : { kind: 'past_alias', id, json: was, since }
}
