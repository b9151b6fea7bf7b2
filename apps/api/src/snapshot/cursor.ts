/*
 * A change's id is its place in the history, and so the cursor of those who follow it. Places rise with
 * time and leave gaps of chance: a place that nobody sees, of a model that is hidden by now, does not show.
 */

const LENGTH = 11
const PLACES_A_MS = 1000
const ID = /^chg_[0-9a-z]{11}$/

/** A place behind the last one, and not before those of this time. */
export function nextPlace(last: number, now: number, random: () => number): number {
  const gap = 1 + Math.floor(random() * PLACES_A_MS)
  return Math.max(last, now * PLACES_A_MS) + gap
}

/** Changes that are made from this time on have higher places. */
export function placeOfTime(now: number): number {
  return now * PLACES_A_MS
}

export function changeId(place: number): string {
  return `chg_${place.toString(36).padStart(LENGTH, '0')}`
}

/** The place that an id names; undefined for a text that never was an id. */
export function placeOf(id: string): number | undefined {
  return ID.test(id) ? Number.parseInt(id.slice('chg_'.length), 36) : undefined
}
