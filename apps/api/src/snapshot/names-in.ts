import type { Change } from '@models-edge/core'

/** Every name that a change tells of: it is hidden with each of them. */
export function namesIn({ alias, model_id, stands_for }: Change): readonly string[] {
  // Most changes are of a model alone.
  if (alias === undefined) return [model_id]
  return [model_id, alias, stands_for?.from ?? model_id, stands_for?.to ?? model_id]
}
