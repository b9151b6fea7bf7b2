import type { Held } from '../memory/held.ts'
import type { View } from '../memory/view.ts'
import type { Snapshot } from '../snapshot/snapshot.ts'

/**
 * What a route may see. The snapshot can have models that are hidden here: a route gets its times and
 * how syncs fail, and takes models, aliases and changes from the view.
 */
export type PublicView = Omit<View, 'snapshot'> & {
  readonly snapshot: Pick<Snapshot, 'complete_from' | 'failure' | 'synced_at'>
}

export type PublicHeld =
  | Extract<Held, { readonly kind: 'nothing' }>
  | { readonly kind: 'view'; readonly view: PublicView }
