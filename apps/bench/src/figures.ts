import type { Summary } from './statistics.ts'

/** A number with three significant digits, and commas in the thousands. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return value.toLocaleString('en-US', options)
}

/** A whole number, with commas. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** A median and how far apart the middle half of the measurements lies. */
export function measured({ median, spread }: Summary): string {
  return `${figure(median)} ± ${(spread * 100).toFixed(0)} %`
}

/** Bytes in the unit that fits. */
export function bytes(value: number): string {
  if (value < 10_000) return `${count(value)} B`
  return value < 1_048_576 ? `${count(value / 1024)} KiB` : `${(value / 1_048_576).toFixed(1)} MiB`
}
