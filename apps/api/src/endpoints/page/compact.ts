const UNITS = ['', 'K', 'M', 'B', 'T']

/** A whole number from 0 on, as people say it: `200K`, `1.5M`. */
export function compact(number: number): string {
  const unit = UNITS.findIndex((_, place) => rounded(number / 1000 ** place) < 1000)
  const place = unit === -1 ? UNITS.length - 1 : unit
  return `${rounded(number / 1000 ** place)}${UNITS[place]}`
}

/** Two digits at least say enough. */
function rounded(number: number): number {
  return number < 9.95 ? Math.round(number * 10) / 10 : Math.round(number)
}
