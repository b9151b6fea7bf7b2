import type { Change } from '@models-edge/core'

/** Of each of two kinds, so many are kept. */
const KEPT = 500

/** From this change on, none is missing: the id of the oldest one of a kind that is full. */
export function historyEnd(changes: readonly Change[]): string {
  const ends = [true, false].map((isChanged) => {
    const ids = changes
      .filter(({ change }) => (change === 'changed') === isChanged)
      .map(({ id }) => id)
      .toSorted()
    return ids.length < KEPT ? '' : (ids[0] ?? '')
  })
  return ends.toSorted().at(-1) ?? ''
}
