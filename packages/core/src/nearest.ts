const MAX_DISTANCE = 4
const MAX_SUGGESTIONS = 3
const MAX_LENGTH = 64
const MAX_NAMES = 300

/** A text with a bit for each kind of character that is in it. */
interface Spelling {
  readonly text: string
  readonly kinds: number
}

interface Candidate {
  readonly name: string
  readonly whole: Spelling
  readonly stem: Spelling
}

/** Made once of the names that there are, and asked often: finds those nearest to one that does not exist. */
export class Nearest {
  readonly #candidates: readonly Candidate[]
  /** Distances to each part of a name, written over and over. */
  readonly #row = new Uint8Array(2 * MAX_LENGTH)

  constructor(names: Iterable<string>) {
    this.#candidates = [...names]
      .slice(0, MAX_NAMES)
      .map((name) => ({ name, whole: spelling(name), stem: spelling(stem(name)) }))
  }

  /** Three names at the most, nearest first. */
  to(wanted: string): readonly string[] {
    if (wanted.length > MAX_LENGTH) return []
    const whole = spelling(wanted)
    const bare = spelling(stem(wanted))
    const near: { readonly name: string; readonly distance: number }[] = []
    for (const candidate of this.#candidates) {
      const ofWholes = this.#distance(whole, candidate.whole)
      // Stryker disable next-line ConditionalExpression,EqualityOperator: it saves the same comparison
      const areWhole = whole.text === bare.text && candidate.whole.text === candidate.stem.text
      const ofStems = areWhole ? Infinity : this.#distance(bare, candidate.stem)
      const distance = Math.min(ofWholes, ofStems)
      if (distance <= MAX_DISTANCE) near.push({ name: candidate.name, distance })
    }
    return near
      .toSorted((one, other) => one.distance - other.distance)
      .slice(0, MAX_SUGGESTIONS)
      .map(({ name }) => name)
  }

  /** Levenshtein's distance; Infinity where it exceeds the maximum, most often without a closer look. */
  #distance(one: Spelling, other: Spelling): number {
    // Stryker disable next-line ConditionalExpression: what follows finds the same, more slowly
    if (Math.abs(one.text.length - other.text.length) > MAX_DISTANCE) return Infinity
    // One difference changes two kinds at the most.
    // Stryker disable next-line ConditionalExpression,EqualityOperator: nor does this decide, it only saves
    if (bitsIn(one.kinds ^ other.kinds) > 2 * MAX_DISTANCE) return Infinity
    const { a, b } = whereTheyDiffer(one.text, other.text)
    return levenshtein(a, b, this.#row)
  }
}

/** A name without what people get wrong most: its date, a `-latest` that resolves no more, its case. */
function stem(name: string): string {
  return name.toLowerCase().replace(/-(\d{8}|latest)$/, '')
}

// Stryker disable all: these two count what the shortcut above needs
function spelling(text: string): Spelling {
  let kinds = 0
  for (let at = 0; at < text.length; at += 1) kinds |= 1 << (text.charCodeAt(at) & 31)
  return { text, kinds }
}

function bitsIn(number: number): number {
  let count = 0
  for (let left = number; left !== 0; left &= left - 1) count += 1
  return count
}

// Stryker restore all

/** The two without the beginning and the end that they share. */
// Stryker disable all: what is left in place is compared, too, with the same result
function whereTheyDiffer(one: string, other: string): { readonly a: string; readonly b: string } {
  const shorter = Math.min(one.length, other.length)
  let start = 0
  while (start < shorter && one.charCodeAt(start) === other.charCodeAt(start)) start += 1
  let end = 0
  while (
    end < shorter - start &&
    one.charCodeAt(one.length - 1 - end) === other.charCodeAt(other.length - 1 - end)
  ) {
    end += 1
  }
  return { a: one.slice(start, one.length - end), b: other.slice(start, other.length - end) }
}

// Stryker restore all

/** Only what lies near the diagonal can be within the maximum. */
function levenshtein(one: string, other: string, row: Uint8Array): number {
  for (let column = 0; column <= other.length; column += 1) row[column] = column
  for (let place = 0; place < one.length; place += 1) {
    // Stryker disable next-line ArithmeticOperator: a wider band finds the same
    const first = Math.max(1, place + 1 - MAX_DISTANCE)
    // Stryker disable next-line MethodExpression: a wider band finds the same
    const last = Math.min(other.length, place + 1 + MAX_DISTANCE)
    let diagonal = row[first - 1] ?? 0
    let left = first === 1 ? place + 1 : MAX_DISTANCE + 1
    row[first - 1] = left
    let least = left
    for (let column = first; column <= last; column += 1) {
      const above = column === place + 1 + MAX_DISTANCE ? MAX_DISTANCE + 1 : (row[column] ?? 0)
      const same = one.charCodeAt(place) === other.charCodeAt(column - 1)
      left = Math.min(diagonal + (same ? 0 : 1), above + 1, left + 1)
      diagonal = above
      row[column] = left
      if (left < least) least = left
    }
    // Stryker disable next-line ConditionalExpression: it can only grow
    if (least > MAX_DISTANCE) return Infinity
  }
  return row[other.length] ?? Infinity
}
