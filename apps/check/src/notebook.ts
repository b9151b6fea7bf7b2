/**
 * Tells from offsets that grow in which cell of a Jupyter notebook they are. Offsets are those of the file
 * as it is, where an editor or a review goes to; so its JSON is walked, and not parsed.
 */
export function cellsOf(text: string): (offset: number) => number | undefined {
  let at = 0
  let depth = 0
  let cell = 0
  /** The last string of the outermost object: a key, or the value of one. */
  let key = ''
  let isInCells = false
  return (offset) => {
    while (at < offset && at < text.length) step()
    return isInCells && depth > 2 ? cell : undefined
  }

  function step(): void {
    const character = text.charAt(at)
    if (character === '"') {
      const end = endOfString(text, at)
      if (depth === 1) key = text.slice(at + 1, end - 1)
      at = end
      return
    }
    at += 1
    if (character === '{' || character === '[') {
      depth += 1
      if (depth === 2) isInCells = character === '[' && key === 'cells'
      if (depth === 3 && isInCells) cell += 1
    }
    if (character === '}' || character === ']') {
      depth -= 1
      if (depth < 2) isInCells = false
    }
  }
}

/** The offset after the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at + 1
}
