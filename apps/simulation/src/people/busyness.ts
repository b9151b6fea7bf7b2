/** Some places are asked often, and some rarely: how much longer the time between two requests is there. */
export const SPANS = [0.3, 1, 1, 1, 20] as const

/** How often a place is asked, compared with the middle one. */
export const busyness: readonly number[] = SPANS.map((span) => 1 / span)

export const MEAN_BUSYNESS = busyness.reduce((sum, times) => sum + times, 0) / busyness.length
