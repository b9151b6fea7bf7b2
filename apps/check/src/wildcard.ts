/**
 * Whether a pattern fits a whole row of items, where a star is any number of them. It goes back to the last
 * star alone, so its time is the product of the lengths at the most.
 */
export function fitsWhole<Item, Part>(
  items: ArrayLike<Item>,
  pattern: readonly Part[],
  isStar: (part: Part) => boolean,
  fits: (part: Part, item: Item) => boolean,
): boolean {
  let at = 0
  let place = 0
  let star = -1
  let tried = 0
  while (at < items.length) {
    const part = pattern[place]
    if (part !== undefined && isStar(part)) {
      star = place
      tried = at
      place += 1
    } else if (part !== undefined && fits(part, items[at] as Item)) {
      at += 1
      place += 1
    } else if (star !== -1) {
      tried += 1
      at = tried
      place = star + 1
    } else return false
  }
  return pattern.slice(place).every(isStar)
}
