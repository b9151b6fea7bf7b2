const MAX_DISTANCE = 4
const MAX_SUGGESTIONS = 3
const MAX_LENGTH = 64
const MAX_NAMES = 300

/** The names nearest to one that does not exist, nearest first. */
export function suggestions(wanted: string, names: Iterable<string>): readonly string[] {
  if (wanted.length > MAX_LENGTH) return []
  const bare = stem(wanted)
  const near: { readonly name: string; readonly distance: number }[] = []
  let count = 0
  for (const name of names) {
    count += 1
    if (count > MAX_NAMES) break
    const distance = Math.min(boundedDistance(wanted, name), boundedDistance(bare, stem(name)))
    if (distance <= MAX_DISTANCE) near.push({ name, distance })
  }
  return near
    .toSorted((one, other) => one.distance - other.distance)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ name }) => name)
}

/** A name without what people get wrong most: its date, a `-latest` that resolves no more, its case. */
function stem(name: string): string {
  return name.toLowerCase().replace(/-(\d{8}|latest)$/, '')
}

/** Levenshtein's distance, given up (as Infinity) once it must exceed the maximum. */
function boundedDistance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > MAX_DISTANCE) return Infinity
  // One row, written over in place: this runs for every name at every id that does not exist.
  const row = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let place = 0; place < one.length; place += 1) {
    let diagonal = place
    let left = place + 1
    let least = left
    row[0] = left
    for (let column = 1; column <= other.length; column += 1) {
      const above = row[column] ?? Infinity
      const same = one.charCodeAt(place) === other.charCodeAt(column - 1)
      left = Math.min(diagonal + (same ? 0 : 1), above + 1, left + 1)
      diagonal = above
      row[column] = left
      if (left < least) least = left
    }
    if (least > MAX_DISTANCE) return Infinity
  }
  return row[other.length] ?? Infinity
}
