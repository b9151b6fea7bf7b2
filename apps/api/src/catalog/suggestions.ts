const MAX_DISTANCE = 4
const MAX_SUGGESTIONS = 3
const MAX_LENGTH = 64
const MAX_NAMES = 300

/** The names nearest to one that does not exist, nearest first. */
export function suggestions(wanted: string, names: Iterable<string>): readonly string[] {
  if (wanted.length > MAX_LENGTH) return []
  const near: { readonly name: string; readonly distance: number }[] = []
  let count = 0
  for (const name of names) {
    count += 1
    if (count > MAX_NAMES) break
    const distance = Math.min(
      boundedDistance(wanted, name),
      boundedDistance(stem(wanted), stem(name)),
    )
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
  let above = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const substituted = at(above, column - 1) + (one[row - 1] === other[column - 1] ? 0 : 1)
      current.push(Math.min(substituted, at(above, column) + 1, at(current, column - 1) + 1))
    }
    if (Math.min(...current) > MAX_DISTANCE) return Infinity
    above = current
  }
  return at(above, other.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity
}
