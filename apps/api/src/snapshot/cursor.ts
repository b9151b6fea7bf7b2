/*
 * A change's id is its position in the history, and so the cursor of those who follow it. Positions rise with
 * time and leave gaps of chance: a position that nobody sees, of a model that is hidden by now, does not show.
 */

const LENGTH = 11
const POSITIONS_A_MS = 1000
const PREFIX = 'chg_'

/** A position behind the last one, and not before those of this time. */
export function nextPosition(last: number, now: number, random: () => number): number {
  const gap = 1 + Math.floor(random() * POSITIONS_A_MS)
  return Math.max(last, now * POSITIONS_A_MS) + gap
}

/** Changes that are made from this time on have higher positions. */
export function positionOfTime(now: number): number {
  return now * POSITIONS_A_MS
}

export function changeId(position: number): string {
  return `${PREFIX}${position.toString(36).padStart(LENGTH, '0')}`
}

/** The position that an id names; undefined for a text that never was an id. */
export function positionOf(id: string): number | undefined {
  const position = Number.parseInt(id.slice(PREFIX.length), 36)
  return changeId(position) === id ? position : undefined
}
