/*
 * A change's id is its position in the history, and so the cursor of those who follow it. Positions rise with
 * time and leave gaps of chance: a position that nobody sees, of a model that is hidden by now, does not show.
 */

const LENGTH = 11
const POSITIONS_A_MS = 1000
const PREFIX = 'chg_'
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz'

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

/** Digit by digit: a fresh isolate takes milliseconds for a pattern, and for numbers in base 36. */
export function isChangeId(id: string): boolean {
  if (id.length !== PREFIX.length + LENGTH || !id.startsWith(PREFIX)) return false
  for (let at = PREFIX.length; at < id.length; at += 1)
    if (!DIGITS.includes(id.charAt(at))) return false
  return true
}

/** The position that an id names; undefined for a text that never was an id. */
export function positionOf(id: string): number | undefined {
  return isChangeId(id) ? Number.parseInt(id.slice(PREFIX.length), 36) : undefined
}
