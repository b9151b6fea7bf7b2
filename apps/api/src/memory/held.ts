import type { SyncFailure } from '../snapshot/snapshot.ts'
import type { View } from './view.ts'

/** What one isolate holds. It never lets go of a view for anything but a later one. */
export type Held =
  | { readonly kind: 'nothing'; readonly failure: SyncFailure | null }
  | { readonly kind: 'view'; readonly view: View }
