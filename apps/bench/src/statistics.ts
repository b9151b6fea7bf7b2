/** The middle of what was measured, and how far apart the middle half of it lies. */
export interface Summary {
  readonly median: number
  /** Half the distance between the quartiles, as a share of the median. */
  readonly spread: number
  /** How far the median may be off, as a share of it: two standard errors, as if it were normal. */
  readonly error: number
}

export function summarize(values: readonly number[]): Summary {
  const sorted = values.toSorted((one, other) => one - other)
  const median = quantile(sorted, 0.5)
  const half = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2
  const spread = half === 0 ? 0 : half / median
  return { median, spread, error: (2 * 1.2533 * spread) / 0.6745 / Math.sqrt(values.length) }
}

/** The value below which that share of the ascending ones lies, between two of them where need be. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  if (ascending.length === 0) throw new RangeError('There is no quantile of nothing')
  const place = (ascending.length - 1) * share
  const below = ascending[Math.floor(place)] as number
  const above = ascending[Math.ceil(place)] as number
  return below + (above - below) * (place - Math.floor(place))
}

/**
 * The ratio of two things that were measured in the same rounds: the median of each round's ratio, so
 * that what slows a whole round down falls out.
 */
export function pairedRatio(ones: readonly number[], others: readonly number[]): Summary {
  if (ones.length !== others.length)
    throw new RangeError('Expected as many of the one as the other')
  return summarize(ones.map((one, round) => one / (others[round] as number)))
}
